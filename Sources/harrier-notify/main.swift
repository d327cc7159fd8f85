import Glibc

StopSignal.install()
exit(NotifyRun(CommandLine.arguments.dropFirst()).perform())
