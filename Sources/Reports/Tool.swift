/// What reports say of the program that made them.
public enum Tool {
  public static let name = "harrier"
  public static let version = "0.1.0"
}
