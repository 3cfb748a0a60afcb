import Foundation
import Household

/// `shairport-sync`: one plain value a topic, `<topic>/title`, and events without any, `<topic>/play_start`.
///
/// The base topic is a receiver's own, or what those of several have in common: `airplay` for `airplay/study`.
struct ShairportDialect: Dialect {
    /// What follows a receiver's topic where it tells everything as it came.
    private static let raw: Set<Substring> = ["ssnc", "core"]

    private let base: String
    private let settleS: TimeInterval
    private let namesClient: Bool
    private var receivers: [String: ShairportReceiver] = [:]

    init(base: String, settleS: TimeInterval, namesClient: Bool) {
        self.base = base
        self.settleS = settleS
        self.namesClient = namesClient
    }

    var filters: [String] { ["\(base)/+", "\(base)/+/+", "\(base)/+/ssnc/prgr"] }
    var nextDeadline: Date? { receivers.values.compactMap(\.nextDeadline).min() }

    mutating func receive(_ message: SourceMessage) -> [SourceEvent] {
        let levels = message.topic.dropFirst(base.count + 1).split(separator: "/", omittingEmptySubsequences: false)
        let isOwn = levels.count == 1 || Self.raw.contains(levels[0])
        let name = isOwn ? base : "\(base)/\(levels[0])"
        let key = levels.dropFirst(isOwn ? 0 : 1).joined(separator: "/")
        guard receivers[name] != nil || receivers.count < Limits.speakers else { return [] }
        let fresh = ShairportReceiver(name: name, settleS: settleS, namesClient: namesClient)
        return receivers[name, default: fresh].receive(message, key: key)
    }

    mutating func advance(to now: Date) -> [SourceEvent] {
        receivers.keys.sorted().flatMap { receivers[$0]?.advance(to: now) ?? [] }
    }
}
