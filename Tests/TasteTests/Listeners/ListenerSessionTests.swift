import Foundation
import HauntTestSupport
import Testing

@testable import Taste

@Suite("Who hears a shared speaker")
struct ListenerSessionTests {
    private static let people = ["anna", "ben"]

    /// Anna plays jazz and Ben metal, each track of four artists of their kind once a day.
    private static let listeners: Listeners = {
        var listeners = Listeners()
        for (name, genre) in zip(people, ["jazz", "metal"]) {
            var history = ListenerHistory()
            for day in 0..<200 {
                for artist in 0..<4 {
                    let id = DemoMusic.id(genre, artist, day % DemoMusic.tracksPerArtist)
                    guard let row = DemoMusic.index.artistRow(of: id) else { continue }
                    history.learn(id, by: row, at: .reference(days: Double(day)))
                }
            }
            listeners.set(history, of: name)
        }
        return listeners
    }()

    /// Plays tracks of 200 s one after the other.
    ///
    /// - Parameters:
    ///   - tracks: The tracks.
    ///   - isSkipped: Whether each is skipped.
    ///   - gap: Seconds from the end of a play to the beginning of the next.
    /// - Returns: The session.
    private func session(_ tracks: [TrackID], isSkipped: Bool = false, gap: Double = 0) -> ListenerSession {
        let begin = Date.reference(days: 201)
        var session = Self.listeners.session(of: Self.people, at: begin)
        var nearness = Self.listeners.nearness(to: Self.people)
        for (number, track) in tracks.enumerated() {
            let start = begin.addingTimeInterval(Double(number) * (200 + gap))
            let play = HeardPlay(
                trackID: track, startedAt: start, endedAt: start.addingTimeInterval(200), isSkipped: isSkipped,
                artist: Self.artist(of: track))
            Self.listeners.hear(
                play, by: DemoMusic.index.artistRow(of: track), in: &session, beside: [], nearness: &nearness,
                index: DemoMusic.index)
        }
        return session
    }

    private static func artist(of track: TrackID) -> String? {
        DemoMusic.index.artistRow(of: track).map { DemoMusic.index.artists[Int($0)].key }
    }

    private func jazz(_ count: Int) -> [TrackID] { (0..<count).map { DemoMusic.id("jazz", $0 % 4, $0 % 3) } }
    private func metal(_ count: Int) -> [TrackID] { (0..<count).map { DemoMusic.id("metal", $0 % 4, $0 % 3) } }

    @Test("Who plays what they always play is soon named")
    func known() {
        let posterior = session(metal(5)).current
        #expect(posterior[1] >= 0.95)
        #expect(ListenerVerdict(posterior[1]) == .assigned)
    }

    @Test("Before anything is heard, those who play alike much are alike likely, and a stranger is unlikely")
    func prior() {
        let posterior = session([]).current
        #expect(abs(posterior[0] - posterior[1]) < 0.01)
        #expect(posterior[2] < 0.05)
    }

    @Test("Looking back, the first play is surer than it was when it was heard")
    func lookingBack() {
        let one = session(jazz(1)).current[0]
        let back = session(jazz(8)).lookingBack[0][0]
        #expect(back > one)
    }

    @Test("When somebody else takes over, each play goes to whom it sounds like")
    func takeover() {
        let back = session(jazz(6) + metal(6)).lookingBack
        #expect(back[1][0] > 0.9)
        #expect(back[10][1] > 0.9)
    }

    @Test("The longer the pause before a play, the less likely the same person goes on; overlapping plays are of two")
    func gaps() {
        // Anna for sure, and then music that nobody plays, which alone says nothing.
        let tracks = jazz(5) + [DemoMusic.id("folk", 0)]
        let chances = [0.0, 60, 300, 1_000].map { session(tracks, gap: $0).current[0] }
        #expect(chances == chances.sorted(by: >))
        let together = session(tracks, gap: -150).current
        #expect(together[1] > together[0])
    }

    @Test("Of two people whose plays overlap, each keeps their own")
    func twoAtOnce() {
        let turns = zip(jazz(6), metal(6)).flatMap { [$0, $1] }
        let back = session(turns, gap: -100).lookingBack
        for place in 2..<10 { #expect(back[place][place % 2] > 0.9) }
    }

    @Test("The same artist again says less than another one of the same person")
    func sameArtist() {
        let first = DemoMusic.id("jazz", 0, 0)
        let again = session([first, DemoMusic.id("jazz", 0, 1)]).current[0]
        let another = session([first, DemoMusic.id("jazz", 1, 1)]).current[0]
        #expect(another > again)
    }

    @Test("Music that nobody has played is not given to anybody for sure")
    func unknownMusic() {
        let techno = (0..<10).map { DemoMusic.id("techno", $0 % 8, $0 % 4) }
        for posterior in session(techno).lookingBack {
            #expect(posterior.dropLast().allSatisfy { ListenerVerdict($0) != .assigned })
            #expect(posterior[2] > 0.2)
        }
    }

    @Test("A skipped play says little of who skipped it")
    func skipped() {
        let heard = session(metal(1)).current[1]
        let skipped = session(metal(1), isSkipped: true).current[1]
        #expect(skipped < heard)
        #expect(skipped < 0.75)
    }

    @Test("Who is heard at another speaker is not here")
    func elsewhere() {
        let other = session(jazz(6))
        let begin = Date.reference(days: 201).addingTimeInterval(600)
        var here = Self.listeners.session(of: Self.people, at: begin)
        var nearness = Self.listeners.nearness(to: Self.people)
        let track = DemoMusic.id("folk", 0)
        let play = HeardPlay(trackID: track, startedAt: begin, endedAt: begin.addingTimeInterval(200))
        Self.listeners.hear(
            play, by: DemoMusic.index.artistRow(of: track), in: &here, beside: [other], nearness: &nearness,
            index: DemoMusic.index)
        #expect(here.current[1] > 3 * here.current[0])
    }

    @Test("Half an hour of silence ends a session, a minute less does not")
    func silence() {
        let session = session(jazz(1))
        let end = Date.reference(days: 201).addingTimeInterval(200)
        #expect(session.goesOn(at: end.addingTimeInterval(1_740)))
        #expect(!session.goesOn(at: end.addingTimeInterval(1_800)))
    }

    @Test("A session that was stored goes on as if it had never been away")
    func stored() throws {
        let session = session(jazz(3) + metal(2))
        let copy = try JSONDecoder().decode(ListenerSession.self, from: JSONEncoder().encode(session))
        #expect(copy == session)
        #expect(copy.lookingBack == session.lookingBack)
    }

    @Test(
        "A session with an unknown track, a skipped play and evidence is read as it was written, and cut bytes are an error"
    )
    func packed() throws {
        let begin = Date.reference(days: 201)
        var session = Self.listeners.session(of: Self.people, at: begin)
        let play = HeardPlay(
            trackID: TrackID(-7), startedAt: begin, endedAt: begin, isSkipped: true, isEndUnknown: true)
        session.hear(
            play, logChances: [-1, -2, -.infinity], elsewhere: [0, 0.5], presence: [0.1, -3, 0], isEverybodyAway: true)
        session.say(nil, at: begin)
        session.note(.user("ben", at: begin))
        session.noteAwayTold()
        let json = try JSONEncoder().encode(session)
        #expect(try JSONDecoder().decode(ListenerSession.self, from: json) == session)
        let object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        let packed = try #require((object["packedSteps"] as? String).flatMap { Data(base64Encoded: $0) })
        for length in [1, 8, 40, packed.count - 1] {
            let cut = object.merging(["packedSteps": packed.prefix(length).base64EncodedString()]) { $1 }
            let bytes = try JSONSerialization.data(withJSONObject: cut)
            #expect(throws: DecodingError.self) { try JSONDecoder().decode(ListenerSession.self, from: bytes) }
        }
    }

    @Test("A session that an older build stored, with its steps as JSON, goes on")
    func older() throws {
        let json = """
            {"people":["anna","ben"],"prior":[0.48,0.49,0.03],"words":[],"steps":[{"play":{"trackID":5,"startedAt":10,
            "endedAt":210,"isSkipped":false,"counts":true},"prior":[0.48,0.49,0.03],"evidence":[-2,-4,-5],
            "here":[1,1,1],"belief":[0.8,0.15,0.05]}]}
            """
        var session = try JSONDecoder().decode(ListenerSession.self, from: Data(json.utf8))
        #expect(session.plays.map(\.trackID) == [TrackID(5)])
        let next = HeardPlay(
            trackID: TrackID(6), startedAt: Date(timeIntervalSinceReferenceDate: 210),
            endedAt: Date(timeIntervalSinceReferenceDate: 400))
        session.hear(next, logChances: [-3, -9, -9], elsewhere: [0, 0])
        #expect(session.lookingBack.allSatisfy { abs($0.reduce(0, +) - 1) < 1e-9 && $0[0] > 0.8 })
    }

    @Test("Every posterior of random sessions is a distribution, surely named or not")
    func distributions() {
        var random = SeededGenerator(seed: 14)
        for _ in 0..<40 {
            let count = Int.random(in: 1...30, using: &random)
            let tracks = (0..<count).map { _ in TrackID(Int.random(in: 1...130, using: &random)) }
            let session = session(tracks)
            for posterior in session.lookingBack + [session.current] {
                #expect(posterior.allSatisfy { (0...1).contains($0) })
                #expect(abs(posterior.reduce(0, +) - 1) < 1e-9)
            }
        }
    }
}

@Suite("What somebody played")
struct ListenerHistoryTests {
    @Test("A history is the same in whatever order it is learnt, but for rounding")
    func order() {
        let plays = (0..<50).map { (TrackID($0 % 7 + 1), Int32($0 % 3), Date.reference(days: Double($0))) }
        func chance(_ plays: [(TrackID, Int32, Date)]) -> Double {
            var history = ListenerHistory()
            for (track, artist, time) in plays { history.learn(track, by: artist, at: time) }
            return history.logChance(of: 1, by: 0, nearness: 1, at: .reference(days: 60))
        }
        #expect(abs(chance(plays) - chance(plays.map(\.self).sorted { $0.1 < $1.1 })) < 0.1)
        #expect(chance(plays) == chance(plays))
    }

    @Test("Plays fade by half in 180 days")
    func fading() {
        var history = ListenerHistory()
        history.learn(1, by: 0, at: .reference(days: 0))
        #expect(abs(history.counts(of: 1, by: 0, at: .reference(days: 180)).artist - 0.5) < 1e-9)
    }

    @Test("What somebody played yesterday says more than the same a month ago, whatever was learnt first")
    func lately() {
        func chance(_ days: [Double]) -> Double {
            var history = ListenerHistory()
            for day in 0..<40 { history.learn(2, by: 1, at: .reference(days: Double(day))) }
            for day in days { history.learn(1, by: 0, at: .reference(days: day)) }
            return history.logChance(of: 1, by: 0, nearness: 1, at: .reference(days: 41))
        }
        #expect(chance([39, 40]) > chance([9, 10]))
        #expect(abs(chance([40, 12, 30]) - chance([12, 30, 40])) < 1e-9)
    }

    @Test("A clock that is decades behind leaves every chance finite, and who plays an artist likeliest to")
    func clockBehind() {
        var history = ListenerHistory()
        for day in 0..<40 { history.learn(1, by: 0, at: .reference(days: 20_000 + Double(day))) }
        let chances = [1, 0].map { history.logChance(of: 1, by: $0, nearness: 1, at: .reference(days: 1)) }
        #expect(chances.allSatisfy(\.isFinite) && chances[1] > chances[0])
    }

    @Test("In the first sixty days no artist is new to somebody, because all would be")
    func young() {
        var history = ListenerHistory()
        for day in 0..<50 { history.learn(TrackID(day + 1), by: Int32(day), at: .reference(days: Double(day))) }
        #expect(abs(history.novelty(at: .reference(days: 50)) - 0.15) < 1e-9)
    }

    @Test("Somebody without a listen has the usual share of new music, and every chance is finite")
    func empty() {
        let history = ListenerHistory()
        #expect(abs(history.novelty(at: .reference(days: 1)) - 0.15) < 1e-9)
        #expect(history.logChance(of: 1, by: 0, nearness: 1, at: .reference(days: 1)).isFinite)
        #expect(history.logPrior(at: .reference(days: 1)).isFinite)
    }
}
