// limit: the least that any reader of an archive must do, as fast as this machine allows. It inflates each file, reads
// seven values of each record and counts by action. What Harrier takes beyond this time is what its generality costs.
//
//   limit [--threads N] [--block BYTES] [--print] PATH...
//
// --print writes `action<TAB>count`, most first. Totals go to stderr. Exit 0: all was read; 1: some file was not; 2:
// usage.

#include "archive.h"
#include "tally.h"

#include <atomic>
#include <chrono>
#include <cinttypes>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <thread>

namespace {

struct Options {
  size_t threads = std::max(1u, std::thread::hardware_concurrency());
  // 128 KiB to 4 MiB measure the same, 64 KiB a tenth and whole files a quarter slower: text and index outgrow the
  // cache.
  size_t blockBytes = size_t(512) << 10;
  bool print = false;
  std::vector<std::string> paths;
};

// False when the arguments make no sense.
bool parse(int argc, char **argv, Options &options) {
  for (int at = 1; at < argc; ++at) {
    const std::string argument = argv[at];
    if (argument == "--print") {
      options.print = true;
    } else if (argument == "--threads" || argument == "--block") {
      const size_t value = at + 1 < argc ? strtoull(argv[++at], nullptr, 10) : 0;
      if (value == 0) return false;
      (argument == "--threads" ? options.threads : options.blockBytes) = value;
    } else if (argument.rfind("--", 0) == 0) {
      return false;
    } else {
      options.paths.push_back(argument);
    }
  }
  return !options.paths.empty();
}

std::vector<std::string> filesUnder(const std::vector<std::string> &paths) {
  namespace fs = std::filesystem;
  std::vector<std::string> files;
  for (const std::string &path : paths) {
    if (!fs::is_directory(path)) {
      files.push_back(path);
      continue;
    }
    for (const auto &entry : fs::recursive_directory_iterator(path))
      if (entry.is_regular_file()) files.push_back(entry.path().string());
  }
  return files;
}

struct Worker {
  Tally tally;
  Totals totals;
  bool failed = false;
};

// Takes the next file until none is left.
void work(const std::vector<std::string> &files, std::atomic<size_t> &next, size_t blockBytes, Worker &worker) {
  const auto reader = std::make_unique<ArchiveReader>(blockBytes);
  for (size_t at = next++; at < files.size(); at = next++) {
    try {
      reader->readFile(files[at], worker.totals, [&](const Record &record) { worker.tally.add(record.action); });
    } catch (const std::exception &error) {
      fprintf(stderr, "%s: %s\n", files[at].c_str(), error.what());
      worker.failed = true;
    }
  }
}

void printCounts(const std::vector<Worker> &workers) {
  std::map<std::string, uint64_t> total;
  for (const Worker &worker : workers) worker.tally.mergeInto(total);
  std::vector<std::pair<std::string, uint64_t>> rows(total.begin(), total.end());
  const auto more = [](const auto &one, const auto &other) { return one.second > other.second; };
  std::stable_sort(rows.begin(), rows.end(), more);
  for (const auto &[action, count] : rows) printf("%s\t%" PRIu64 "\n", action.c_str(), count);
}

int run(const Options &options) {
  const auto begin = std::chrono::steady_clock::now();
  const std::vector<std::string> files = filesUnder(options.paths);
  std::vector<Worker> workers(std::min(options.threads, std::max<size_t>(1, files.size())));
  std::atomic<size_t> next{0};
  std::vector<std::thread> threads;
  for (Worker &worker : workers)
    threads.emplace_back(work, std::cref(files), std::ref(next), options.blockBytes, std::ref(worker));
  for (std::thread &thread : threads) thread.join();
  if (options.print) printCounts(workers);

  Totals sum;
  bool failed = false;
  for (const Worker &worker : workers) {
    sum.events += worker.totals.events;
    sum.bytes += worker.totals.bytes;
    sum.weight += worker.totals.weight;
    failed = failed || worker.failed;
  }
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  fprintf(stderr, "files=%zu events=%" PRIu64 " bytes=%" PRIu64 " weight=%" PRIu64 " seconds=%.3f\n", files.size(),
          sum.events, sum.bytes, sum.weight, seconds.count());
  return failed ? 1 : 0;
}

}  // namespace

int main(int argc, char **argv) {
  Options options;
  if (!parse(argc, argv, options)) {
    fprintf(stderr, "usage: limit [--threads N] [--block BYTES] [--print] PATH...\n");
    return 2;
  }
  try {
    return run(options);
  } catch (const std::exception &error) {
    fprintf(stderr, "limit: %s\n", error.what());
    return 1;
  }
}
