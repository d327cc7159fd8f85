import Glibc

extension State {
  /// The files that belong to a state, those that were put aside included, as far as they are there.
  public static func files(of path: String) -> [String] {
    var all = [path, "\(path)-journal", "\(path).lock", "\(path).notify.lock"]
    var number = 1
    var status = stat()
    while stat("\(path).aside-\(number)", &status) == 0 {
      all += ["\(path).aside-\(number)", "\(path).aside-\(number)-journal"]
      number += 1
    }
    return all.filter { stat($0, &status) == 0 }
  }
}
