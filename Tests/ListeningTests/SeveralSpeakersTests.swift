import Foundation
import Listening
import Testing

@Suite("Several speakers and several sources")
struct SeveralSpeakersTests {
    private let one = Speaker.track("One")
    private let two = Speaker.track("Two")
    private let group = ["media_player.study", "media_player.kitchen"]

    @Test("The same track on two speakers that have nothing to do with each other is two listens")
    func independent() {
        var house = Speaker()
        house.plays(one, at: 0)
        house.plays(one, at: 1, as: "media_player.kitchen")
        house.plays(two, at: 150)
        house.plays(two, at: 151, as: "media_player.kitchen")
        #expect(house.plays.map(\.speakerName) == ["media_player.study", "media_player.kitchen"])
        #expect(house.plays.allSatisfy { $0.outcome == .completed })
    }

    @Test("A group plays once, on its leader, whoever ends first", arguments: [true, false])
    func grouped(leaderEndsFirst: Bool) {
        var house = Speaker()
        house.plays(one, at: 0, group: group)
        house.plays(one, at: 0.1, group: group, as: "media_player.kitchen")
        for speaker in leaderEndsFirst ? group : group.reversed() {
            house.plays(two, at: 150, group: group, as: speaker)
        }
        let listens = house.plays.filter { $0.outcome != .ignored }
        #expect(listens.map(\.speakerName) == ["media_player.study"])
        #expect(house.plays.first { $0.outcome == .ignored }?.reason == "duplicate of a group")
    }

    @Test("A group that only its leader names plays once as well")
    func namedByLeader() {
        var house = Speaker()
        house.plays(one, at: 0, group: group)
        house.plays(one, at: 0.1, as: "media_player.kitchen")
        house.plays(two, at: 150, group: group)
        house.plays(two, at: 150.1, as: "media_player.kitchen")
        #expect(house.story == ["One completed 150", "One ignored 0"])
    }

    @Test("Of a group whose leader nobody hears, one member counts")
    func silentLeaderOfMany() {
        let group = ["media_player.attic", "media_player.study", "media_player.kitchen"]
        var house = Speaker()
        house.plays(one, at: 0, group: group)
        house.plays(one, at: 0.1, group: group, as: "media_player.kitchen")
        house.plays(two, at: 150, group: group)
        house.plays(two, at: 150.1, group: group, as: "media_player.kitchen")
        #expect(house.story == ["One completed 150", "One ignored 0"])
    }

    @Test("What a group plays goes on as one play of its leader when that drops out")
    func leaderDropsOut() {
        var house = Speaker()
        house.plays(one, at: 0, group: group)
        house.plays(one, at: 0, group: group, as: "media_player.kitchen")
        house.say(.unavailable, at: 20)
        house.wait(until: 30)
        house.plays(two, at: 180, group: group, as: "media_player.kitchen")
        #expect(house.story == ["One completed 180"])
    }

    @Test("A source that names the artist takes the word from one that does not")
    func betterVoice() {
        var house = Speaker(aliases: ["media_player.ma_study": "media_player.study"])
        house.plays(Media(title: "Connected"), at: 0)
        house.plays(one, at: 0.5, as: "media_player.ma_study")
        house.plays(two, at: 150, as: "media_player.ma_study")
        #expect(house.story == ["Connected ignored 1", "One completed 150"])
    }

    @Test("An alias that is learnt in the middle of a play loses nothing of it")
    func learntAlias() {
        var house = Speaker()
        house.plays(one, at: 0, as: "media_player.ma_study")
        #expect(
            house.tracker.rename(
                ["media_player.ma_study": "media_player.study"], at: Moment(date: Speaker.time(50), uptimeS: 1_050)
            ).isEmpty)
        house.plays(two, at: 150, as: "media_player.ma_study")
        #expect(house.story == ["One completed 150"])
        #expect(house.plays.map(\.speakerName) == ["media_player.study"])
    }

    @Test("A member whose leader nobody hears is heard itself")
    func silentLeader() {
        var house = Speaker("media_player.kitchen")
        house.plays(one, at: 0, group: group)
        house.plays(two, at: 150, group: group)
        #expect(house.story == ["One completed 150"])
    }

    @Test("What a speaker plays after it left a group that plays on is its own, and no skip")
    func leavesGroup() {
        var house = Speaker()
        house.plays(one, at: 0, group: group)
        house.plays(one, at: 0, group: group, as: "media_player.kitchen")
        house.plays(one, at: 150, group: ["media_player.study"])
        house.plays(one, at: 150, group: ["media_player.kitchen"], as: "media_player.kitchen")
        house.plays(two, at: 170, group: ["media_player.kitchen"], as: "media_player.kitchen")
        house.plays(two, at: 180, group: ["media_player.study"])
        #expect(house.story == ["One partial 20", "One completed 180"])
    }

    @Test("A speaker that left a group inherits nothing of it when the group cannot be heard any more")
    func leftBeforeInterruption() {
        var house = Speaker()
        house.plays(one, at: 0, group: group)
        house.plays(one, at: 0, group: group, as: "media_player.kitchen")
        house.plays(one, at: 50, group: ["media_player.study"])
        house.plays(one, at: 50, group: ["media_player.kitchen"], as: "media_player.kitchen")
        house.isCutOff(at: 90)
        house.plays(two, at: 91)
        house.plays(two, at: 91, as: "media_player.kitchen")
        #expect(house.plays.map(\.speakerName) == ["media_player.study", "media_player.kitchen"])
        #expect(house.story == ["One partial 90", "One partial 40"])
    }

    @Test("Two sources about one speaker are one speaker, and one listen")
    func aliases() {
        var house = Speaker(aliases: ["sonos/study": "media_player.study"])
        house.plays(one, at: 0)
        let other = Speaker.track("One", uri: "x-sonos:1")
        house.plays(other, at: 0.4, as: "sonos/study")
        house.plays(two, at: 150)
        house.plays(Speaker.track("Two", uri: "x-sonos:2"), at: 150.4, as: "sonos/study")
        house.say(.off, at: 290)
        house.say(.off, at: 290.4, as: "sonos/study")
        house.wait(until: 300)
        #expect(house.story == ["One completed 150", "Two completed 140"])
        #expect(house.plays.allSatisfy { $0.speakerName == "media_player.study" })
    }

    @Test("When one source stops telling of a play, the other goes on with it")
    func otherVoice() {
        var house = Speaker(aliases: ["sonos/study": "media_player.study"])
        house.plays(one, at: 0)
        house.plays(Speaker.track("One", uri: "x:1"), at: 1, as: "sonos/study")
        house.say(.unavailable, at: 50)
        house.say(.off, at: 120, as: "sonos/study")
        house.wait(until: 130)
        #expect(house.story == ["One completed 120"])
    }
}
