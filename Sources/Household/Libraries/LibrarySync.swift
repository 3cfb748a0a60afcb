import Foundation
import Wire

/// One reading of a library, page by page, from the first page or from where an earlier one broke.
///
/// It runs outside of the household and hands each page to it. A reading that breaks leaves the tracks that it read, and
/// where it was. Addresses move and go only when it has ended.
struct LibrarySync: Sendable {
    /// How a reading ended.
    enum End: Equatable {
        /// The catalog has what the library has, or a person must confirm.
        case done
        /// The library changed while it was read.
        case again
        /// It could not be read.
        case failed
    }

    let household: Household
    let name: String
    let connector: any LibraryConnector

    /// Reads the library. What goes wrong is the problem of the library, in words.
    @concurrent
    func run() async -> End {
        let wish = await household.beginSync(of: name)
        do {
            return try await read(wish)
        } catch {
            let isCancelled = error is CancellationError || Task.isCancelled
            await household.failSync(of: name, isCancelled ? nil : error)
            return .failed
        }
    }

    private func read(_ wish: SyncWish) async throws -> End {
        let revision = try await connector.revision()
        guard var job = try await household.beginReading(name, at: revision, wish) else {
            try await removeUnusedSounds()
            return .done
        }
        var isFirst = true
        repeat {
            try Task.checkCancellation()
            let page: LibraryPage
            do {
                page = try await connector.page(at: job.position)
            } catch let problem as LibraryProblem where problem.kind == .malformed && isFirst && job.isResumed {
                // A position of an earlier reading may mean nothing to the library any more.
                try await household.forgetReading(job)
                throw problem
            }
            isFirst = false
            job = try await household.takeIn(page, of: job)
        } while job.position != nil
        let isWhole = job.isWhole(now: try await connector.revision())
        guard try await household.isToEnd(&job, isWhole: isWhole) else { return isWhole ? .done : .again }
        while try await household.moveSome(&job) {}
        try await household.endReading(job)
        try await removeUnusedSounds()
        return .done
    }

    private func removeUnusedSounds() async throws {
        let spaces = try await household.unusedSoundSpaces(after: name)
        while try await household.removeSomeSounds(inSpaces: spaces) {}
    }
}

/// What a reading of a library has done so far.
struct LibraryJob: Sendable {
    /// The library as it is stored.
    var stored: StoredLibrary
    /// Which software and place its revision is of.
    let place: String
    /// Whether the library told its revision when the reading began.
    let isTold: Bool
    /// Whether an earlier reading broke, and this one goes on.
    let isResumed: Bool
    let isConfirmed: Bool
    let began = ContinuousClock.now
    var counts = LibraryCounts()
    var moved = 0
    var removed = 0
    var skipped = 0
    var total: Int?

    /// Where the next page begins; nil for the first page, and after the last one.
    var position: String? { stored.reading?.position }

    /// Whether what was read is what the library has: it did not change meanwhile. One that does not tell was read in
    /// one go.
    func isWhole(now revision: String?) -> Bool {
        isTold ? Self.key(revision, place) == stored.reading?.revision : !isResumed
    }

    /// The revision of a library at a place. Other settings make another revision.
    static func key(_ revision: String?, _ place: String) -> String { "\(revision ?? "")\u{1F}\(place)" }
}

extension LibrarySettings {
    /// What makes it another library, or its tracks other addresses.
    var fingerprint: String {
        var parts = [kind.rawValue, url, "\(host):\(port)", path, user ?? "", uri?.text ?? ""]
        if soundModel != Self.usualSoundModel { parts.append(soundModel) }
        let text = parts.joined(separator: "\u{1F}")
        return String(FNV1a.hash(text.utf8), radix: 36)
    }
}
