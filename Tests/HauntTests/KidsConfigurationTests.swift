import HauntTestSupport
import Household
import Testing

@testable import haunt

struct KidsConfigurationTests {
    @Test("Speakers and profiles with kids are in the household's settings, and the profiles are created")
    func reads() throws {
        let loaded = try ConfigurationFile(
            """
            speakers:
              - {name: media_player.nursery, kids: true}
              - {name: media_player.study}
            profiles: {names: [anna], kids: [mia]}
            """
        ).load()
        #expect(loaded.problems.isEmpty)
        let settings = loaded.configuration.household
        #expect(settings.kidsSpeakers == ["media_player.nursery"])
        #expect(settings.kidsProfiles == ["mia"])
        #expect(settings.profiles == ["anna", "mia"])
    }

    @Test(
        "An invalid value of kids is a problem with its line",
        arguments: ["speakers: [{name: x, kids: maybe}]", "profiles: {kids: true}", "profiles: {kids: [No Name]}"])
    func refuses(text: String) throws {
        let problems = try ConfigurationFile(text).problems()
        #expect(problems.count == 1)
        #expect(problems.first?.contains("kids") == true)
    }
}
