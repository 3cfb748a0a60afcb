import HauntTestSupport
import Household
import Testing

@testable import haunt

struct SharedConfigurationTests {
    @Test("A speaker is shared by named profiles, or by all")
    func reads() throws {
        let loaded = try ConfigurationFile(
            """
            speakers:
              - {name: media_player.kitchen, shared: [ben, anna]}
              - {name: media_player.living_room, shared: all}
              - {name: media_player.study, profile: anna}
            """
        ).load()
        #expect(loaded.problems.isEmpty)
        let settings = loaded.configuration.household
        #expect(settings.shared["media_player.kitchen"] == .profiles(["anna", "ben"]))
        #expect(settings.shared["media_player.living_room"] == .everybody)
        #expect(settings.shared["media_player.study"] == nil)
    }

    @Test(
        "What cannot be shared is a problem that names the key",
        arguments: [
            "speakers: [{name: x, profile: anna, shared: [ben]}]", "speakers: [{name: x, shared: [default]}]",
            "speakers: [{name: x, shared: [No Name]}]", "speakers: [{name: x, shared: 5}]",
            "speakers: [{name: x, shared: {anna: true}}]",
        ])
    func refuses(text: String) throws {
        let problems = try ConfigurationFile(text).problems()
        #expect(problems.count == 1)
        #expect(problems.first?.contains("shared") == true)
    }
}
