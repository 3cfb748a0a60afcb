import HauntTestSupport
import Foundation

@testable import Taste

/// Plays as they may come in: bursts, gaps of months, the same second twice, late arrivals, skips.
struct RandomHistory {
    let arrivals: [CountedPlay]

    init(seed: UInt64, count: Int = 220) {
        var random = SeededGenerator(seed: seed)
        var time = 0.0
        arrivals = (0..<count).map { _ in
            switch Int.random(in: 0..<100, using: &random) {
            case 0: time += .random(in: 10...150, using: &random) * 86_400
            case 1..<15: time += .random(in: 0...3, using: &random) * 86_400
            case 15..<80: time += .random(in: 0...600, using: &random)
            default: break
            }
            let late =
                [0, 0, 0, 0, 0, 0, 0, 60, 9_000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 900_000].randomElement(using: &random)
                ?? 0
            let heardS: Double? = [nil, 5, 30, 200].randomElement(using: &random) ?? nil
            return CountedPlay(
                trackID: TrackID(Int.random(in: 1...40, using: &random)), startedAt: .reference(time - Double(late)),
                heardS: heardS
            )
        }
    }
}

extension Date {
    /// Seconds after a Monday, 00:00 UTC.
    static func reference(_ seconds: Double) -> Date { Date(timeIntervalSinceReferenceDate: 700_185_600 + seconds) }

    /// Days after a Monday, 00:00 UTC.
    static func reference(days: Double) -> Date { reference(days * 86_400) }
}

extension ProfileTaste {
    /// All that is stored of it, each number as its bits.
    var bits: String {
        let rows = counters.sorted { $0.key < $1.key }.map { id, counters in
            let numbers = [counters.first, counters.last].map(\.timeIntervalSinceReferenceDate) + counters.values
            return "\(id): \(numbers.map { String($0.bitPattern, radix: 16) })"
        }
        return rows.joined(separator: "\n") + "\n\(String(reflecting: kernels))"
    }
}
