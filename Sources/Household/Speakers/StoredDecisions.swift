/// Decisions that people made at run time. They take precedence over the configuration.
public struct StoredDecisions: Equatable, Sendable {
    /// Owners by speaker, where a person decided; nil is nobody.
    public let owners: [String: String?]
    /// Who shares each shared speaker: names, or `all` alone.
    public let sharers: [String: [String]]
    /// Profiles that the configuration names and that somebody removed. They are not created.
    public let removedProfiles: [String]

    /// Reads them.
    ///
    /// - Parameters:
    ///   - store: The transaction.
    ///   - settings: What the configuration says.
    /// - Throws: What the store throws.
    public init(reading store: any HouseholdReading, for settings: HouseholdSettings) throws {
        self.init(try Roster(reading: store), settings)
    }

    init(_ roster: Roster, _ settings: HouseholdSettings) {
        removedProfiles = roster.refusedProfiles(of: settings)
        sharers = roster.sharings.compactMapValues { sharing in
            guard case .profiles(let ids) = sharing else { return ["all"] }
            return ids.isEmpty ? nil : ids.compactMap { roster.profile(id: $0)?.name }.sorted()
        }
        owners = roster.speakers.values.reduce(into: [:]) { owners, speaker in
            if let owner = roster.owner(of: speaker.name) {
                owners[speaker.name] = owner.name
            } else if speaker.isNobodys {
                owners[speaker.name] = .some(nil)
            }
        }
    }
}

extension Household {
    /// The decisions that are in effect.
    public var decisions: StoredDecisions { StoredDecisions(roster, settings) }
}
