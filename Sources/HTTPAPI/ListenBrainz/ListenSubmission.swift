import Household

/// What a client of ListenBrainz hands in.
///
/// https://listenbrainz.readthedocs.io/en/latest/users/json.html
struct ListenSubmission {
    /// Kinds of submission.
    private enum Kind: String { case single, playingNow = "playing_now", bulk = "import" }

    /// The listens, each as the webhook would have it; none for what is only playing now.
    let listens: [JSONValue]

    /// Reads a submission; one bad listen spoils it all, as it does there.
    ///
    /// - Parameters:
    ///   - body: JSON, whatever its type is said to be.
    ///   - profile: Whose listens they are.
    /// - Throws: ``HouseholdError`` `bad_request`.
    init(_ body: some Collection<UInt8>, profile: String) throws(HouseholdError) {
        let submission = try HouseholdJSON.decode(body)
        guard case .string(let word) = submission["listen_type"], let kind = Kind(rawValue: word) else {
            throw Self.error("JSON document requires a valid listen_type key: single, playing_now or import")
        }
        guard case .array(let items) = submission["payload"], !items.isEmpty else {
            throw Self.error("JSON document does not contain any listens")
        }
        guard items.count <= (kind == .bulk ? HTTPLimits.submittedListens : 1) else {
            throw Self.error("JSON document contains too many listens for \(word)")
        }
        var listens: [JSONValue] = []
        for item in items {
            try Self.check(item)
            if kind != .playingNow { listens.append(try Self.listen(item, of: profile)) }
        }
        self.listens = listens
    }

    private static func check(_ item: JSONValue) throws(HouseholdError) {
        for name in ["artist_name", "track_name"] {
            guard case .string(let text) = item["track_metadata"]?[name], !text.isEmpty else {
                throw error("JSON document does not contain required track_metadata.\(name)")
            }
        }
    }

    /// A listen as the webhook would have it, read as one out of ListenBrainz's export is.
    private static func listen(_ item: JSONValue, of profile: String) throws(HouseholdError) -> JSONValue {
        var found: Result<ImportedListen, HouseholdError>?
        let take = { (read: ListenFileParser.Item) in
            switch read {
            case .row(let row): found = .success(row)
            case .problem(let problem): found = .failure(error(problem.message))
            case .notMusic: break
            }
        }
        var parser = ListenFileParser()
        if let data = try? HouseholdJSON.encode(item) { parser.parse(data, take) }
        parser.finish(take)
        guard let row = try found?.get() else { throw error("JSON document does not contain a listen") }
        return row.asHandedIn(by: profile)
    }

    private static func error(_ message: String) -> HouseholdError { HouseholdError(.badRequest, message) }
}

extension ImportedListen {
    /// The same listen as the webhook has it.
    fileprivate func asHandedIn(by profile: String) -> JSONValue {
        let texts = [
            "title": title, "artist": artist, "album": album, "started_at": RFC3339.string(from: startedAt),
            "speaker_name": speakerName, "profile": profile, "uri": uri, "source": source ?? "listenbrainz",
            "event_id": eventID,
        ]
        let numbers = ["duration_s": durationS, "played_s": heardS]
        var fields = texts.compactMapValues { $0.map(JSONValue.string) }
        fields.merge(numbers.compactMapValues { $0.map(JSONValue.number) }) { $1 }
        return .object(fields)
    }
}
