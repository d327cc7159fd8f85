import Glibc

Interrupt.install()
exit(run(Invocation.processArguments()).rawValue)
