/// Makes a list of speakers the whole list of a profile's speakers. Listens so far keep their profile.
public struct SetProfileSpeakers: ImmediateOperation {
    public static let signature = OperationSignature(
        "profile/speakers", .put("/api/profiles/{name}/speakers"), writes: true)

    private let name: String
    private let speakers: [String]

    /// Gives speakers to a profile.
    ///
    /// - Parameters:
    ///   - speakers: Full names, aliases or topic levels; new speakers are welcome.
    ///   - name: The profile.
    public init(_ speakers: [String], ofProfile name: String) {
        self.name = name
        self.speakers = speakers
    }

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        name = try fields.requiredText("name")
        speakers = try fields.requiredTexts("speakers")
    }

    public func perform(in household: isolated Household) throws -> ProfileSpeakersView {
        let profile = try household.roster.profile(named: name, field: "name")
        let wanted = Set(
            try speakers.map { name throws(HouseholdError) in
                household.fullName(ofSpeaker: try SpeakerName.validated(name, field: "speakers"))
            })
        let before = Set(household.roster.speakerNames(of: profile))
        let taken = wanted.subtracting(before).reduce(into: [String: String]()) { taken, speaker in
            taken[speaker] = household.roster.owner(of: speaker)?.name
        }
        guard wanted.count <= household.roomForSpeakers(besides: wanted) else {
            throw HouseholdError.invalid("speakers", "There is room for \(Limits.speakers) speakers altogether")
        }
        for speaker in wanted where household.register(speaker, keeping: wanted) == nil {
            throw HouseholdError.invalid("speakers", "\"\(speaker.prefix(80))\" cannot be a speaker's name")
        }
        let released = before.subtracting(wanted)
        try household.store.write { store in
            for speaker in released { try store.mapSpeaker(speaker, toProfile: nil) }
            for speaker in wanted {
                try store.mapSpeaker(speaker, toProfile: profile.id)
                try store.setSharing(.profiles([]), ofSpeaker: speaker)
            }
        }
        for speaker in released { household.roster.map(speaker, to: nil) }
        for speaker in wanted {
            household.roster.map(speaker, to: profile.id)
            household.roster.share(speaker, among: .profiles([]))
        }
        household.report(profile)
        for loser in Set(taken.values).sorted().compactMap({ household.roster.profiles[$0] }) {
            household.report(loser)
        }
        household.reportSpeakers()
        return ProfileSpeakersView(name: name, speakers: wanted.sorted(), taken: taken, released: released.sorted())
    }
}

/// What giving speakers to a profile did.
public struct ProfileSpeakersView: Codable, Equatable, Sendable {
    /// The profile.
    public var name: String
    /// All its speakers now.
    public var speakers: [String]
    /// Speaker → the profile it was taken from.
    public var taken: [String: String]
    /// Speakers that have no profile any more.
    public var released: [String]
}
