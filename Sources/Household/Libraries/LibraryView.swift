public import Foundation
public import Wire

/// What a library does.
public enum LibraryState: String, Codable, Sendable, CaseIterable {
    /// It was not read yet.
    case waiting
    /// It is being read, or is about to be.
    case syncing
    /// The catalog has what it has.
    case synced
    /// More than half of it would go, so a person must say that this is right.
    case needsConfirmation = "needs_confirmation"
    /// It could not be read. The catalog has what it had before.
    case failed
}

/// A library in JSON.
public struct LibraryView: Codable, Equatable, Sendable {
    /// How far a reading is.
    public struct Progress: Codable, Equatable, Sendable {
        /// Tracks read.
        public var read: Int
        /// Tracks that it has; null when it does not tell.
        @ExplicitNull public var total: Int?
    }

    /// Its name in the configuration.
    public var name: String
    /// The software it is read from.
    public var kind: LibrarySettings.Kind
    /// What it does.
    public var state: LibraryState
    /// How many tracks have an address in it.
    public var tracks: Int
    /// When the catalog last had what the library has.
    @ExplicitNull public var lastSync: Date?
    /// What is wrong, and what to do.
    @ExplicitNull public var problem: String?
    /// How far it was read; null unless it is being read.
    @ExplicitNull public var progress: Progress?
    /// When it is read next by itself; null while it is being read.
    @ExplicitNull public var nextSync: Date?
}

/// What a synchronisation did, in JSON.
public struct LibrarySyncView: Codable, Equatable, Sendable {
    /// The library.
    public var name: String
    /// Tracks that the catalog did not have.
    public var added: Int
    /// Tracks that it had.
    public var known: Int
    /// Addresses that belong to another track than before.
    public var moved: Int
    /// Addresses that the library no longer has.
    public var removed: Int
    /// Tracks that could not be read, because their title or address is missing or too long.
    public var skipped: Int
    /// Tracks that have an address in it now.
    public var tracks: Int
    /// How long it took, in seconds.
    public var tookS: Double
}

/// Lists the configured libraries, by name.
public struct ListLibraries: ImmediateOperation {
    public static let signature = OperationSignature("library/list", .get("/api/libraries"), writes: false)

    private let page: PageFields

    public init(_ fields: inout FieldReader) throws(HouseholdError) { page = try PageFields(&fields) }

    public func perform(in household: isolated Household) throws -> LibraryList {
        let views = household.libraries.views
        let (names, next) = page.select(from: views.map(\.name))
        return LibraryList(views.filter { names.contains($0.name) }, nextCursor: next)
    }
}

/// A page of libraries.
public struct LibraryList: Codable, Sendable {
    /// Libraries, by name.
    public var libraries: [LibraryView]
    /// Where the next page begins; null at the end.
    @ExplicitNull public var nextCursor: String?

    /// Creates a page that is the whole list.
    public init(_ libraries: [LibraryView], nextCursor: String? = nil) {
        self.libraries = libraries
        self.nextCursor = nextCursor
    }
}

/// Has a library read now. The answer comes at once; ``ListLibraries`` tells how far it is.
public struct SyncLibrary: ImmediateOperation {
    public static let signature = OperationSignature(
        "library/sync", .post("/api/libraries/{name}/sync", answers: .accepted), writes: true)

    private let name: String
    private let isConfirmed: Bool

    public init(_ fields: inout FieldReader) throws(HouseholdError) {
        name = try fields.requiredText("name")
        isConfirmed = try fields.boolean("confirm") ?? false
    }

    /// - Throws: ``HouseholdError`` `not_found` for a library that is not configured.
    public func perform(in household: isolated Household) throws -> LibraryView {
        guard let view = household.libraries.wish(SyncWish(isConfirmed: isConfirmed), for: name) else {
            throw HouseholdError.unknown(
                "There is no library", name, among: household.libraries.views.map(\.name), field: "name")
        }
        return view
    }
}
