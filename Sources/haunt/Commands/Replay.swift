import ArgumentParser
import Foundation
import Household
import MQTTBridge

/// `haunt replay`
struct Replay: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Says what the play tracker makes of a recording, one JSON line a play; touches no store.",
        discussion: "Record with: mosquitto_sub -F %j -t 'homeassistant/media_player/#' > trace.jsonl")

    @Argument(help: "Lines as 'mosquitto_sub -F %j' prints them; may be gzipped.", completion: .file())
    var trace: String
    @OptionGroup var options: StoreOptions

    func run() async throws {
        print("not yet")
    }
}
