import Foundation
import Testing

@testable import Taste

struct LocalClockTests {
    @Test("Hour, weekday and month are those of the zone, also on the days on which summer time begins and ends")
    func zones() throws {
        let berlin = try #require(TimeZone(identifier: "Europe/Berlin"))
        for (moment, hour, weekday, month) in [
            ("2026-11-22T23:30:00Z", 0, 0, "2026-11"), ("2026-03-29T00:59:59Z", 1, 6, "2026-03"),
            ("2026-03-29T01:00:00Z", 3, 6, "2026-03"), ("2026-10-25T00:30:00Z", 2, 6, "2026-10"),
            ("2026-10-25T01:30:00Z", 2, 6, "2026-10"), ("2026-12-31T23:00:00Z", 0, 4, "2027-01"),
            ("1969-12-31T22:59:00Z", 23, 2, "1969-12"), ("2024-02-29T12:00:00Z", 13, 3, "2024-02"),
        ] {
            let time = try local(moment, in: berlin)
            #expect(time.hour == hour && time.weekday == weekday, "\(moment): \(time)")
            #expect(String(format: "%d-%02d", time.month / 12, time.month % 12 + 1) == month, "\(moment)")
        }
    }

    @Test("A zone that is half an hour off is right to the hour")
    func halves() throws {
        let time = try local("2026-11-22T18:29:00Z", in: #require(TimeZone(identifier: "Asia/Kolkata")))
        #expect(time.hour == 23 && time.weekday == 6)
    }

    private func local(_ moment: String, in zone: TimeZone) throws -> LocalTime {
        var clock = LocalClock(zone)
        return clock.time(at: try #require(ISO8601DateFormatter().date(from: moment)))
    }
}

struct PortraitTests {
    private static let start = Date(timeIntervalSince1970: 1_767_225_600)
    private static let tags = [
        ("Slowdive", "shoegaze"), ("Ride", "shoegaze"), ("Lush", "dream pop"), ("Bill Evans", "jazz"),
        ("Chet Baker", "cool jazz"), ("Metallica", "thrash metal"), ("Slayer", "thrash metal"),
    ]

    private let index: CatalogIndex = {
        var builder = CatalogIndex.Builder()
        for (number, artist) in Self.tags.enumerated() {
            for track in 0..<3 {
                builder.add(
                    TrackDescription(
                        id: TrackID(Int64(number * 10 + track)), artist: artist.0, title: "T\(track)",
                        artistGenres: [artist.1, number < 3 ? "indie" : number < 5 ? "piano" : "metal"]))
            }
        }
        return builder.build()
    }()

    /// Plays of each artist on its days, an hour apart.
    private func portrait(
        _ plays: [(artist: Int, day: Int)], since: Date? = nil
    ) -> (tally: PlayTally, portrait: TastePortrait) {
        var tally = PlayTally(index: index, since: since, zone: .gmt)
        var counted: [CountedPlay] = []
        for (number, play) in plays.enumerated() {
            let start = Self.start.addingTimeInterval(Double(play.day * 86_400 + number * 60))
            let track = TrackID(Int64(play.artist * 10 + number % 3))
            tally.add(track, startedAt: start, heardS: 100)
            if start >= since ?? .distantPast { counted.append(CountedPlay(trackID: track, startedAt: start)) }
        }
        let now = Self.start.addingTimeInterval(400 * 86_400)
        let taste = ProfileTaste.rebuilt(from: counted)
        return (tally, TastePortrait(tally, of: taste, in: index, now: now, length: (50, 12)))
    }

    private static let plays = (0..<70).map { (artist: $0 % 7, day: $0) }

    @Test("Importances sum to 1, places are within bounds, and what sounds alike lies nearer than what does not")
    func interests() throws {
        let sides = portrait(Self.plays).portrait.sides
        #expect(abs(sides.reduce(0) { $0 + $1.importance } - 1) < 1e-9)
        #expect(sides.allSatisfy { max($0.place.x.magnitude, $0.place.y.magnitude) <= 1 })
        let place = { (artist: String) in sides.first { $0.artists.contains { $0.name == artist } }?.place }
        let (slowdive, lush) = (try #require(place("Slowdive")), try #require(place("Lush")))
        let slayer = try #require(place("Slayer"))
        let apart = { (a: SIMD2<Double>, b: SIMD2<Double>) in ((a - b) * (a - b)).sum() }
        #expect(apart(slowdive, lush) < apart(slowdive, slayer))
        #expect(sides.reduce(0) { $0 + $1.plays } == 70)
    }

    @Test("Interests of the same name are one side, with all their artists and plays")
    func names() throws {
        let (tally, portrait) = portrait(Self.plays)
        let names = portrait.sides.compactMap(\.name)
        #expect(Set(names).count == names.count, "\(names)")
        #expect(portrait.sides.map(\.importance) == portrait.sides.map(\.importance).sorted(by: >))
        let shoegaze = try #require(portrait.sides.first { $0.name == "shoegaze" })
        #expect(Set(shoegaze.artists.map(\.name)) == ["Slowdive", "Ride"])
        #expect(shoegaze.plays == 20)
        #expect(portrait.months.allSatisfy { $0.sides.count == portrait.sides.count })
        #expect(portrait.months.reduce(0) { $0 + $1.sides.reduce(0, +) } == tally.total.plays)
    }

    @Test("Months are complete, their plays add up, and an artist is new in the month of its first play")
    func months() {
        let (tally, portrait) = portrait([(0, 0), (0, 1), (1, 40), (0, 130), (3, 131)])
        #expect(portrait.months.map(\.plays) == [2, 1, 0, 0, 2])
        #expect(portrait.months.map(\.newArtists) == [1, 1, 0, 0, 1])
        #expect(portrait.months.last?.new.map(\.name) == ["Bill Evans"])
        #expect(tally.hours.joined().reduce(0, +) == 5)
        #expect(portrait.months.allSatisfy { $0.sides.reduce(0, +) == $0.plays })
        #expect(portrait.artists.first?.name == "Slowdive" && portrait.artists.first?.count.plays == 3)
        #expect(portrait.artists.first?.tracks == 2)
    }

    @Test("A span counts its plays alone, and knows of earlier ones that an artist is not new")
    func span() {
        let since = Self.start.addingTimeInterval(100 * 86_400)
        let (tally, portrait) = portrait([(0, 0), (0, 130), (3, 131)], since: since)
        #expect(tally.total.plays == 2)
        #expect(portrait.months.map(\.newArtists) == [1])
        #expect(portrait.months.first?.new.map(\.name) == ["Bill Evans"])
    }

    @Test("Nothing played is an empty picture, and one artist lies in the middle")
    func small() {
        let empty = portrait([]).portrait
        #expect(empty.sides.isEmpty && empty.months.isEmpty && empty.artists.isEmpty)
        let one = portrait([(0, 0)]).portrait
        #expect(one.sides.map(\.place) == [.zero])
        #expect(one.sides.map(\.importance) == [1])
    }
}
