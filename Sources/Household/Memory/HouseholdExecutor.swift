import Dispatch

/// Runs the household on a queue of its own, so that waiting for the disk never holds up a thread that others share.
final class HouseholdExecutor: SerialExecutor {
    private let queue = DispatchQueue(label: "haunt.household", qos: .userInitiated)

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { [self] in unsafe job.runSynchronously(on: asUnownedSerialExecutor()) }
    }

    func asUnownedSerialExecutor() -> UnownedSerialExecutor { unsafe UnownedSerialExecutor(ordinary: self) }
}
