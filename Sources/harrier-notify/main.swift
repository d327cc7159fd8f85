import Glibc
import Reports

StandardStreams.hold()
StopSignal.install()
exit(NotifyRun(CommandLine.arguments.dropFirst()).perform())
