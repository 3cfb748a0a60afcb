public import Wire

/// A request to the household with its input, the same on every front door.
///
/// ``Operations/all`` gives a conforming type its HTTP route, its MQTT topic and its method of the command line's socket.
/// What its initialiser reads are its fields. `CONTRIBUTING.md` says how to add one.
public protocol HouseholdOperation: Sendable {
    /// What it answers, on every front door the same JSON.
    associatedtype Answer: Encodable & Sendable

    static var signature: OperationSignature { get }

    /// Reads and checks the fields. Checks that need the house belong into ``run(in:)``.
    init(_ fields: inout FieldReader) throws(HouseholdError)

    /// - Throws: ``HouseholdError``; nothing is changed then.
    func run(in household: isolated Household) async throws -> Answer

    /// Reads the whole input. An operation whose input is no list of fields, such as a batch of a file, replaces this.
    static func decode(_ input: OperationInput) throws(HouseholdError) -> Self

    /// How HTTP answers success.
    static func success(_ answer: Answer) -> OperationSignature.Route.Success
}

extension HouseholdOperation {
    /// The fields that it reads, in order.
    public static var fields: [FieldDescription] { FieldReader.fields(of: Self.self) }

    /// Reads the fields, and refuses those that are unknown.
    public static func decode(_ input: OperationInput) throws(HouseholdError) -> Self {
        var fields = try FieldReader(input)
        let operation: Self
        do throws(HouseholdError) {
            operation = try Self(&fields)
        } catch {
            throw fields.explained(error, knowing: Self.fields.map(\.name))
        }
        try fields.finish()
        return operation
    }

    /// What the route says.
    public static func success(_ answer: Answer) -> OperationSignature.Route.Success {
        signature.route?.success ?? .done
    }
}

/// An operation that never waits, so that nothing interleaves with it. All but those that rank are of this kind.
///
/// The compiler (6.3.1) crashes where a synchronous method stands for an asynchronous one with an isolated parameter, so
/// the two have different names.
public protocol ImmediateOperation: HouseholdOperation {
    /// What it answers.
    associatedtype Answer

    /// - Throws: ``HouseholdError``; nothing is changed then.
    func perform(in household: isolated Household) throws -> Answer
}

extension ImmediateOperation {
    public func run(in household: isolated Household) async throws -> Answer { try perform(in: household) }
}

/// Name and front doors of an operation.
public struct OperationSignature: Sendable {
    /// `noun/verb`, as in `profile/add`.
    public let name: String
    /// Its route in the HTTP API; nil when it has none.
    public let route: Route?
    /// Whether MQTT clients may ask for it. Everybody on the broker can read the answers.
    public let isOnMQTT: Bool
    /// Whether it may change the store.
    public let writes: Bool
    /// Whether an input that cannot be taken is kept under `rejected`, because it carried a listen.
    public let keepsRejected: Bool

    /// A place in the HTTP API.
    public struct Route: Sendable {
        /// The HTTP method, as in `GET`.
        public let method: String
        /// The path, with the names of fields in braces.
        public let path: String
        /// How success is answered.
        public let success: Success

        /// The statuses of success.
        public enum Success: Sendable {
            /// 200: it was done.
            case done
            /// 201: something new was created.
            case created
            /// 202: it has begun.
            case accepted
        }

        /// `GET`.
        public static func get(_ path: String) -> Route { Route(method: "GET", path: path, success: .done) }
        /// `POST`.
        public static func post(_ path: String, answers success: Success = .done) -> Route {
            Route(method: "POST", path: path, success: success)
        }
        /// `PUT`.
        public static func put(_ path: String) -> Route { Route(method: "PUT", path: path, success: .done) }
        /// `PATCH`.
        public static func patch(_ path: String) -> Route { Route(method: "PATCH", path: path, success: .done) }
        /// `DELETE`.
        public static func delete(_ path: String) -> Route { Route(method: "DELETE", path: path, success: .done) }
    }

    /// Describes an operation. The command line can ask for every one.
    public init(
        _ name: String, _ route: Route?, writes: Bool, isOnMQTT: Bool = true, keepsRejected: Bool = false
    ) {
        self.name = name
        self.route = route
        self.writes = writes
        self.isOnMQTT = isOnMQTT
        self.keepsRejected = keepsRejected
    }
}

/// Where input comes from.
public enum FrontDoor: String, Sendable {
    case mqtt
    case http
    /// A command, itself or over the socket beside the store.
    case commandLine = "cli"
    /// The play tracker. It makes no requests; its plays are listens like those that are handed in.
    case player
}

/// What a front door hands in for an operation.
public struct OperationInput: Sendable {
    public var door: FrontDoor
    /// The JSON object as it was sent; empty stands for `{}`.
    public var payload: [UInt8]
    /// The same JSON where the front door has read it already.
    public var json: JSONValue?
    /// Fields that came as text: in a path, a query or on a topic of their own.
    public var texts: [(name: String, text: String)]
    /// The speaker whose own topic it came by, as its topic level.
    public var speakerTopic: String?
    /// Called when the operation has read all that it needs of the household, and waits for a server outside of it. A
    /// caller that performs operations in order may begin the next one then.
    public var waits: @Sendable () -> Void = {}
    /// Why the payload is not JSON that can be read; nil before anybody tried, and when it is.
    private(set) var unreadable: JSONError?

    /// Creates an input.
    public init(
        door: FrontDoor, payload: [UInt8] = [], json: JSONValue? = nil, texts: [(name: String, text: String)] = [],
        speakerTopic: String? = nil
    ) {
        self.door = door
        self.payload = payload
        self.json = json
        self.texts = texts
        self.speakerTopic = speakerTopic
    }

    /// Reads the JSON of the payload where nobody did so yet.
    mutating func readJSON() {
        guard json == nil, unreadable == nil else { return }
        do throws(JSONError) {
            json = try WireJSON.decode(payload, allowsRepeatedNames: false)
        } catch {
            unreadable = error
        }
    }
}
