import MQTTClient
import Testing

@Suite("Reconnect back-off")
struct ReconnectBackoffTests {
    @Test("Each delay is in the upper half of a ceiling that doubles up to the maximum", arguments: 0..<50)
    func staysInBounds(seed: Int) {
        var backoff = ReconnectBackoff(initial: .milliseconds(500), maximum: .seconds(30))
        var ceiling = Duration.milliseconds(500)
        for attempt in 0..<20 {
            let random = Double((seed * 7_919 + attempt * 104_729) % 1_000) / 1_000
            let wait = backoff.next(random: random)
            #expect(wait >= ceiling / 2 && wait < ceiling)
            ceiling = min(ceiling * 2, .seconds(30))
        }
        #expect(ceiling == .seconds(30))
    }

    @Test("After a reset the ceiling is the initial one")
    func resets() {
        var backoff = ReconnectBackoff(initial: .seconds(1), maximum: .seconds(8))
        for _ in 0..<9 { _ = backoff.next(random: 0.5) }
        backoff.reset()
        #expect(backoff.next(random: 0) == .milliseconds(500))
    }
}
