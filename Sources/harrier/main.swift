import Glibc
import Reports

StandardStreams.hold()
Interrupt.install()
exit(run(Invocation.processArguments()).rawValue)
