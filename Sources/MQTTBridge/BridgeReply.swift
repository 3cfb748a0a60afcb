import Household

/// The answer to a request, as `haunt/bridge/response/…` carries it.
struct BridgeReply: Encodable {
    /// What went well or did not.
    var outcome: Result<any Encodable & Sendable, HouseholdError>
    /// What the asker gave to know the answer by.
    var transaction: JSONValue?
    /// The event a listen came with, so that its sender knows which one failed.
    var eventID: JSONValue?

    private enum Key: String, CodingKey { case status, data, error, transaction }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        switch outcome {
        case .success(let data):
            try container.encode("ok", forKey: .status)
            try container.encode(AnyEncodable(data), forKey: .data)
        case .failure(let error):
            try container.encode("error", forKey: .status)
            try container.encode(ErrorView(error), forKey: .error)
            try container.encode(JSONValue.object(eventID.map { ["event_id": $0] } ?? [:]), forKey: .data)
        }
        try container.encode(transaction ?? .null, forKey: .transaction)
    }
}
