import Foundation

/// Makes the connector of a library, with the secret that its file has now.
///
/// - Throws: ``LibraryProblem``.
public typealias LibraryConnecting = @Sendable (LibrarySettings) throws -> any LibraryConnector

/// Keeps the catalog up to date with every configured library: at start, each night, when somebody asks, and when a
/// library says that it changed.
public struct LibraryKeeper: Sendable {
    /// The hour of the night in which libraries are read, in local time.
    private static let hour = 3
    /// The first pause after a reading that failed, in seconds. Each further one is twice as long.
    private static let retryS = 10.0
    /// The longest pause, in seconds.
    private static let longestRetryS = 900.0

    let household: Household
    let connect: LibraryConnecting

    /// Creates a keeper of the household's libraries.
    public init(household: Household, connect: @escaping LibraryConnecting) {
        self.household = household
        self.connect = connect
    }

    /// Keeps the libraries until the task is cancelled. Other settings take effect at once.
    public func run() async {
        await withTaskGroup(of: Void.self) { group in
            var running: [String: (settings: LibrarySettings, task: Task<Void, Never>)] = [:]
            for await libraries in await household.libraryChanges() {
                if !libraries.isEmpty { await household.removeDemoCatalog() }
                let names = Set(libraries.map(\.name))
                for (name, entry) in running where !names.contains(name) { entry.task.cancel() }
                running = running.filter { names.contains($0.key) }
                for library in libraries where running[library.name]?.settings != library {
                    running[library.name]?.task.cancel()
                    let task = Task { await keep(library) }
                    running[library.name] = (library, task)
                    group.addTask {
                        await withTaskCancellationHandler {
                            await task.value
                        } onCancel: {
                            task.cancel()
                        }
                    }
                }
            }
            group.cancelAll()
        }
    }

    /// Reads a library as far as it goes.
    ///
    /// - Parameters:
    ///   - library: The library.
    ///   - readings: How often it is read at most: it is read again when it changed meanwhile, or when a reading that broke
    ///     earlier went on and the library does not tell whether it changed since.
    /// - Returns: The library afterwards; nil for one that is not configured.
    public func sync(_ library: LibrarySettings, readings: Int = 1) async -> LibraryView? {
        for _ in 0..<readings {
            if await read(library).0 != .again { break }
        }
        return await household.libraries[library.name]
    }

    private func read(_ library: LibrarySettings) async -> (LibrarySync.End, (any LibraryConnector)?) {
        do {
            let connector = try connect(library)
            let sync = LibrarySync(household: household, name: library.name, connector: connector)
            return (await sync.run(), connector)
        } catch {
            _ = await household.beginSync(of: library.name)
            await household.failSync(of: library.name, error)
            return (.failed, nil)
        }
    }

    /// Reads one library again and again.
    private func keep(_ library: LibrarySettings) async {
        let warming = Task {
            await household.readSounds(of: library)
            await household.warmUpSound(of: library)
        }
        defer { warming.cancel() }
        var failures = 0
        var waiting: Task<Void, Never>?
        for await _ in await household.libraryWakes(library.name) {
            waiting?.cancel()
            let (end, connector) = await read(library)
            if Task.isCancelled { break }
            await household.readSounds(of: library)
            await household.reportHealth()
            failures = end == .done ? 0 : failures + 1
            let now = household.now()
            let next = end == .done ? Self.night(after: now) : now + Self.pauseS(failures, .random(in: 0.8...1.2))
            await household.setNextSync(of: library.name, at: next)
            waiting = Task { await wake(library.name, at: next, from: now, end == .done ? connector : nil) }
        }
        waiting?.cancel()
    }

    /// Asks for a library to be read when the time has come, or when it says that it changed.
    private func wake(_ name: String, at next: Date, from now: Date, _ connector: (any LibraryConnector)?) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { try? await Task.sleep(for: .seconds(max(next.timeIntervalSince(now), 0))) }
            if let connector {
                group.addTask {
                    do { try await connector.waitForChange() } catch {
                        // A library that restarts may have changed meanwhile, so it is asked again after a while.
                        try? await Task.sleep(for: .seconds(Self.retryS * 6))
                    }
                }
            }
            await group.next()
            group.cancelAll()
        }
        if !Task.isCancelled { await household.wakeLibrary(name) }
    }

    /// The pause after a number of failures in a row, in seconds.
    static func pauseS(_ failures: Int, _ jitter: Double) -> Double {
        min(retryS * Double(1 << min(failures - 1, 10)), longestRetryS) * jitter
    }

    /// The beginning of the next night's hour.
    static func night(after time: Date, in calendar: Calendar = .current) -> Date {
        calendar.nextDate(after: time, matching: DateComponents(hour: hour), matchingPolicy: .nextTime)
            ?? time.addingTimeInterval(86_400)
    }
}

extension Household {
    /// Yields the configured libraries, now and after each reload.
    func libraryChanges() -> AsyncStream<[LibrarySettings]> { libraries.configurations() }

    /// Removes the tracks that come with Haunt and that nobody played: a house with a library has music of its own.
    func removeDemoCatalog() {
        // A store that cannot be written has told so itself, and each reading tries again.
        try? store.write { try $0.removeUnplayedDemoTracks() }
        invalidateCatalog()
    }

    /// Yields at once, and at each request to read a library.
    func libraryWakes(_ name: String) -> AsyncStream<Void> { libraries.wakes(of: name) }

    func setNextSync(of name: String, at time: Date) { libraries.set(nextSync: time, of: name) }

    func wakeLibrary(_ name: String) { _ = libraries.wish(SyncWish(), for: name) }
}
