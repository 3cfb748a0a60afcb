import Foundation
import HTTPAPI
import Household
import Listening
import MQTTBridge
import MQTTClient

/// The configuration translated into the settings of each module.
extension HauntConfiguration {
    var household: HouseholdSettings {
        var settings = HouseholdSettings()
        for speaker in speakers {
            settings.speakers[speaker.name] = .some(speaker.profile)
            settings.shared[speaker.name] = speaker.sharing
            settings.areas[speaker.name] = speaker.area
            for alias in speaker.aliases { settings.aliases[alias] = speaker.name }
            settings.speakerLibraries[speaker.name] = speaker.library
            if speaker.kids { settings.kidsSpeakers.insert(speaker.name) }
        }
        settings.libraries = libraries.map(\.settings)
        settings.profiles = profiles.names + profiles.kids.filter { !profiles.names.contains($0) }
        settings.kidsProfiles = Set(profiles.kids)
        settings.autoCreateProfiles = profiles.autoCreate
        settings.rules = listening
        settings.speakerRules = speakerRules
        settings.noRepeatS = playlists.noRepeatS
        settings.totalTracks = playlists.totalTracks
        settings.maxPerArtist = playlists.maxPerArtist
        return settings
    }

    /// The folder of the store.
    var storeFolder: URL { URL(filePath: store.path).deletingLastPathComponent() }

    /// Settings of the MQTT client, with the last will of `bridge/state`.
    func client() throws -> MQTTConfiguration {
        var client = MQTTConfiguration(url: mqtt.url, clientID: mqtt.clientID)
        client.keepAliveS = mqtt.keepaliveS
        client.username = mqtt.user
        client.passwordFile = mqtt.passwordFile
        client.tls = MQTTTLSConfiguration(
            caFile: mqtt.tls.caFile, certificateFile: mqtt.tls.certificateFile, keyFile: mqtt.tls.keyFile)
        client.limits.maxInboundCount = mqtt.limits.inboundMessages
        client.limits.maxInboundBytes = mqtt.limits.inboundBytes
        client.limits.maxOutboundCount = mqtt.limits.outboundMessages
        client.limits.maxOutboundBytes = mqtt.limits.outboundBytes
        client.limits.maxInFlight = mqtt.limits.inFlight
        client.will = try BridgeState.will(baseTopic: mqtt.baseTopic)
        return client
    }

    /// Settings of the HTTP servers: none, one, or two with that of ingress.
    ///
    /// - Throws: ``Failure`` with code 78 when `http.token_file` holds no token.
    func httpServers() throws -> [HTTPSettings] {
        var servers: [HTTPSettings] = []
        if case .address(let address) = http.listen {
            let token = try http.tokenFile.map(HTTP.token(inFile:))
            servers.append(HTTPSettings(address, token: token))
        }
        if let ingress = http.ingress { servers.append(HTTPSettings(ingress.listen, peer: ingress.peer)) }
        return servers
    }

    /// Makes the settings of every part and checks them, so that `check-config` finds what would end `serve`.
    func checkParts() throws {
        _ = try httpServers()
        try client().validate()
        _ = try SourceRouter(bridge())
        _ = try EvidenceRouter(bridge())
    }

    /// Rules of speakers that have their own, by name and alias.
    private var speakerRules: [String: ListenRules] {
        speakers.reduce(into: [:]) { rules, speaker in
            for name in [speaker.name] + speaker.aliases { rules[name] = speaker.listening }
        }
    }

    /// Settings of the bridge. `needsRestart` has the changed keys that wait for a restart, for `bridge/info`.
    func bridge(needsRestart: [String] = []) -> BridgeSettings {
        let commands = speakers.reduce(into: [:]) { $0[$1.name] = $1.command.bridgeDialect }
        return BridgeSettings(
            sources: sources.map { $0.bridgeSource(statusTopic: homeAssistant.statusTopic) },
            speakerRules: speakerRules, rules: listening, commands: commands,
            evidence: evidence.compactMap(\.bridgeEvidence), version: Version.text,
            redactedConfiguration: redacted, needsRestart: needsRestart)
    }

    var discovery: DiscoverySettings {
        DiscoverySettings(
            form: homeAssistant.discovery.form, prefix: homeAssistant.discoveryPrefix,
            statusTopic: homeAssistant.statusTopic, version: Version.text)
    }
}

extension HTTPSettings {
    fileprivate init(_ address: ListenAddress, token: BearerToken? = nil, peer: String? = nil) {
        self.init(
            host: address.host, port: Int(address.port), isLoopback: address.isLoopback, token: token, peer: peer,
            version: Version.text)
    }
}

extension HauntConfiguration.HTTP {
    /// Reads the first line of a token file.
    fileprivate static func token(inFile path: String) throws(Failure) -> BearerToken {
        do throws(ConfigurationValueError) {
            guard let token = BearerToken(try SecretFile.line(of: path)) else {
                throw ConfigurationValueError("the first line of \(path) is blank")
            }
            return token
        } catch {
            throw Failure(code: .configuration, message: "http.token_file: \(error.message)")
        }
    }
}
