import Foundation
import Testing

@testable import Taste

@Suite("Counts and times as people say them")
struct PlainTimeTests {
    private static func day(_ year: Int, _ month: Int, _ day: Int) -> Date {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        return calendar.date(from: DateComponents(year: year, month: month, day: day)) ?? .distantPast
    }

    @Test(
        "Plays are counted since a month that nobody can mistake",
        arguments: [
            (1, day(2026, 11, 2), "once"), (2, day(2026, 11, 2), "twice this month"),
            (2, day(2026, 10, 31), "twice since October"), (9, day(2026, 5, 1), "9 times since May"),
            (9, day(2025, 11, 20), "9 times since November 2025"), (31, day(2019, 3, 1), "31 times since March 2019"),
        ])
    func times(count: Int, first: Date, text: String) {
        #expect(PlainTime.times(count, since: first, now: Self.day(2026, 11, 26)) == text)
    }

    @Test(
        "The last play is as long ago as people count",
        arguments: [
            (day(2026, 11, 26), "within a day"), (day(2026, 11, 25), "a day ago"), (day(2026, 10, 1), "56 days ago"),
            (day(2026, 6, 1), "5 months ago"), (day(2020, 1, 1), "6 years ago"), (day(2026, 12, 1), "within a day"),
        ])
    func ago(time: Date, text: String) {
        #expect(PlainTime.ago(from: time, to: Self.day(2026, 11, 26)) == text)
    }
}
