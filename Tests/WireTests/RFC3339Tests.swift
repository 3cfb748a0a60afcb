import Wire
import Foundation
import Testing

@testable import Household

struct ExchangeRFC3339Tests {
    @Test(
        "A time is read in any offset, with or without a fraction",
        arguments: [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-11-22T18:04:05Z", 1_795_370_645),
            ("2026-11-22t18:04:05z", 1_795_370_645),
            ("2026-11-22T19:04:05+01:00", 1_795_370_645),
            ("2026-11-22T12:34:05-05:30", 1_795_370_645),
            ("2026-11-22T18:04:05.25Z", 1_795_370_645.25),
            ("2026-11-22T18:04:05.123456+00:00", 1_795_370_645.123456),
            ("2026-11-22T18:04:05.123456789Z", 1_795_370_645.123456),
            ("2024-02-29T23:59:59Z", 1_709_251_199),
            ("1969-12-31T23:59:59.5Z", -0.5),
            ("0000-01-01T00:00:00Z", -62_167_219_200),
        ])
    func reads(text: String, seconds: Double) {
        #expect(RFC3339.date(from: text) == Date(timeIntervalSince1970: seconds))
    }

    @Test(
        "What is no RFC 3339 is not read",
        arguments: [
            "", "now", "2026-11-22", "2026-11-22T18:04:05", "2026-11-22 18:04:05Z", "2026-11-22T18:04:05.Z",
            "2026-11-22T18:04:05.5", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-00-10T00:00:00Z",
            "2026-11-00T00:00:00Z", "2026-11-22T24:00:00Z", "2026-11-22T18:60:05Z", "2026-11-22T18:04:60Z",
            "2026-11-22T18:04:05+0100", "2026-11-22T18:04:05+01:60", "2026-11-22T18:04:05*01:00",
            "2026-11-22T18:04:05ZZ", " 2026-11-22T18:04:05Z", "2026-1１-22T18:04:05Z", "+026-11-22T18:04:05Z",
        ])
    func refuses(text: String) {
        #expect(RFC3339.date(from: text) == nil)
    }

    @Test("Milliseconds are written only when there are any")
    func writesMillisecondsWhenThereAreAny() {
        #expect(RFC3339.string(from: Date(timeIntervalSince1970: 1_795_370_645)) == "2026-11-22T18:04:05Z")
        #expect(RFC3339.string(from: Date(timeIntervalSince1970: 1_795_370_645.007)) == "2026-11-22T18:04:05.007Z")
        #expect(RFC3339.string(from: Date(timeIntervalSince1970: 1_795_370_644.9999)) == "2026-11-22T18:04:05Z")
        #expect(RFC3339.string(from: Date(timeIntervalSince1970: -0.001)) == "1969-12-31T23:59:59.999Z")
    }

    @Test("Absurd times are written as the nearest time that has a form")
    func boundsAbsurdTimes() {
        #expect(RFC3339.string(from: Date(timeIntervalSince1970: .infinity)) == "9999-12-31T23:59:59.999Z")
        #expect(RFC3339.string(from: Date(timeIntervalSince1970: -1e300)) == "0000-01-01T00:00:00Z")
        #expect(RFC3339.string(from: Date(timeIntervalSince1970: .nan)) == "1970-01-01T00:00:00Z")
    }

    @Test("What is written reads as the same time, about every week from 1600 to 2400")
    func readsWhatItWrites() {
        var milliseconds = -11_676_096_000_000.0
        while milliseconds < 13_569_465_600_000 {
            let date = Date(timeIntervalSince1970: milliseconds / 1000)
            #expect(RFC3339.date(from: RFC3339.string(from: date)) == date)
            milliseconds += 612_345_671
        }
    }
}
