import Listening
import Testing

@testable import MQTTBridge

@Suite("shairport-sync")
struct ShairportTests {
    private func told(namesClient: Bool = false) throws -> Told {
        try Told(.shairportSync(namesClient: namesClient), base: "airplay/study")
    }

    private func say(
        _ told: inout Told, _ key: String, _ value: String = "", at seconds: Double, retained: Bool = false
    ) {
        told.say("airplay/study/\(key)", value, at: seconds, retained: retained)
    }

    /// A track's values in the order in which they come, 5 ms apart.
    private func describe(
        _ told: inout Told, _ title: String, by artist: String?, album: String? = nil, at seconds: Double
    ) {
        let values = [("artist", artist), ("album", album), ("title", title), ("genre", "Pop")]
        for (index, (key, value)) in values.enumerated() {
            if let value { say(&told, key, value, at: seconds + Double(index) * 0.005) }
        }
    }

    @Test("Values that come after the event or before it make one track")
    func order() throws {
        for metadataAt in [-0.1, 0.1] {
            var told = try told()
            say(&told, "active_start", at: 0)
            say(&told, "play_start", at: 1)
            describe(&told, "One", by: "First", album: "A", at: 1 + metadataAt)
            say(&told, "play_end", at: 260)
            say(&told, "active_end", at: 270)
            #expect(told.end() == ["airplay/study: First – One [A] completed 259"])
        }
    }

    @Test("A skip flushes, describes and resumes, or does not resume: the next track plays")
    func skip() throws {
        for resumes in [true, false] {
            var told = try told()
            say(&told, "play_start", at: 0)
            describe(&told, "One", by: "First", at: 0.05)
            say(&told, "play_flush", at: 10)
            describe(&told, "Two", by: "Second", at: 10.6)
            if resumes { say(&told, "play_resume", at: 10.9) }
            say(&told, "play_end", at: 300)
            let plays = told.end()
            #expect(plays.first == "airplay/study: First – One skipped 10")
            #expect(plays.last?.hasPrefix("airplay/study: Second – Two completed 2") == true)
            #expect(plays.count == 2)
        }
    }

    @Test("A pause flushes too, and is not listened to")
    func pause() throws {
        var told = try told()
        say(&told, "play_start", at: 0)
        describe(&told, "One", by: "First", at: 0.05)
        say(&told, "play_flush", at: 100)
        say(&told, "play_resume", at: 1_000)
        say(&told, "play_end", at: 1_050)
        #expect(told.end() == ["airplay/study: First – One partial 150"])
    }

    @Test("What the next track does not have is not what the last one had")
    func stale() throws {
        var told = try told()
        say(&told, "play_start", at: 0)
        describe(&told, "One", by: "First", album: "A", at: 0.05)
        describe(&told, "Podcast", by: nil, at: 250)
        say(&told, "play_end", at: 500)
        #expect(
            told.end() == ["airplay/study: First – One [A] completed 250", "airplay/study: ? – Podcast completed 250"])
    }

    @Test("An artist that comes well before its title belongs to that title")
    func reordered() throws {
        var told = try told()
        say(&told, "play_start", at: 0)
        describe(&told, "One", by: "First", at: 0.05)
        say(&told, "artist", "Second", at: 250)
        say(&told, "title", "Two", at: 251)
        say(&told, "play_end", at: 500)
        #expect(
            told.end() == ["airplay/study: First – One completed 251", "airplay/study: Second – Two completed 249"])
    }

    @Test("Raw progress tells how long a track is, also across the end of its clock's 32 bits")
    func progress() throws {
        var told = try told()
        say(&told, "play_start", at: 0)
        describe(&told, "One", by: "First", at: 0.05)
        say(&told, "ssnc/prgr", "4290000000/4290044100/\(4_290_000_000 + 44_100 * 180 - 4_294_967_296)", at: 0.1)
        say(&told, "play_end", at: 100)
        #expect(told.end() == ["airplay/study: First – One completed 100/180"])
    }

    @Test("Who sends can be the speaker: each phone's plays are its owner's")
    func clients() throws {
        var told = try told(namesClient: true)
        say(&told, "client_name", "Anna's iPhone", at: 0)
        say(&told, "play_start", at: 0.01)
        describe(&told, "One", by: "First", at: 0.02)
        say(&told, "client_name", "Ben+/#1", at: 250)
        describe(&told, "Two", by: "Second", at: 250.01)
        say(&told, "play_end", at: 500)
        #expect(
            told.end() == [
                "airplay/study/Anna's iPhone: First – One completed 250",
                "airplay/study/Ben___1: Second – Two completed 250",
            ])
    }

    @Test("Receivers whose topics begin alike are heard by one source, each by itself")
    func receivers() throws {
        var told = try Told(.shairportSync(namesClient: false), base: "airplay")
        for (receiver, title) in [("study", "One"), ("kitchen", "Two")] {
            told.say("airplay/\(receiver)/play_start", "", at: 0)
            told.say("airplay/\(receiver)/title", title, at: 0.01)
            told.say("airplay/\(receiver)/ssnc/prgr", "0/0/\(44_100 * 300)", at: 0.02)
        }
        told.say("airplay/study/play_end", "", at: 200)
        told.say("airplay/kitchen/play_end", "", at: 250)
        #expect(
            told.end() == ["airplay/study: ? – One completed 200/300", "airplay/kitchen: ? – Two completed 250/300"])
    }

    @Test("What the broker remembers is no listening")
    func retained() throws {
        var told = try told()
        for (key, value) in [("title", "Old"), ("artist", "Nobody"), ("play_start", ""), ("playing", "1")] {
            say(&told, key, value, at: 0, retained: true)
        }
        say(&told, "play_start", at: 300)
        say(&told, "play_end", at: 600)
        #expect(told.end() == [])
    }

    @Test("Pictures, volumes and other bytes tell nothing and stop nothing")
    func nonsense() throws {
        var told = try told()
        say(&told, "play_start", at: 0)
        describe(&told, "One", by: "First", at: 0.05)
        for (key, value) in [
            ("cover", "\u{0}\u{1}PNG"), ("volume", "-20.00,-30,-96,0"), ("ssnc/prgr", "1/2"), ("ssnc/prgr", "a/b/c"),
            ("remote", "play"), ("title/x", "y"), ("active", "1"), ("artist", "  "),
        ] {
            say(&told, key, value, at: 50)
        }
        say(&told, "play_end", at: 260)
        #expect(told.end() == ["airplay/study: First – One completed 260"])
    }
}
