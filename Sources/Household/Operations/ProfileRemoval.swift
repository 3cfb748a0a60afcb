/// What becomes of a removed profile's listens.
public enum RemovedEvents: String, CaseIterable, Sendable {
    /// They go to `default`.
    case keep
    /// They go with the profile.
    case delete
}

/// The input of `profile/remove`.
public struct ProfileRemoval: Sendable {
    /// Which profile.
    public var name: String
    /// What becomes of its listens.
    public var events = RemovedEvents.keep
    /// Whether it is forgotten for good, and not only until somebody undoes it.
    public var isPurge = false
    /// Whether only to say what would be done.
    public var isDryRun = false

    /// Removes a profile whose listens go to `default`.
    public init(name: String) { self.name = name }

    /// Reads the input.
    public init(_ input: JSONValue) throws(HouseholdError) {
        var arguments = try Arguments(input)
        name = try arguments.requiredText("name")
        events = try arguments.choice("events", of: RemovedEvents.self) ?? .keep
        isPurge = try arguments.bool("purge") ?? false
        isDryRun = try arguments.bool("dry_run") ?? false
        arguments.ignore("transaction")
        try arguments.finish()
    }
}
