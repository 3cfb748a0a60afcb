import GRDB

/// The history of the schema.
///
/// What stands here is on people's disks: it is never changed, only added to. Each migration is plain SQL that names no
/// constant and no type of today's code, so that it does tomorrow what it does now. Every one runs in a transaction of
/// its own.
enum Migrations {
    /// Number and SQL of each, in order.
    private static let all = [
        ("001", singleTaste),
        ("002", playlists),
        ("003", namedProfiles),
        ("004", speakersAndRejected),
        ("005", correctionsAndFeedback),
        ("006", speakerLists),
        ("007", firstPlays),
    ]

    /// Runs them, those that were not run before.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (number, sql) in all {
            migrator.registerMigration(number) { try $0.execute(sql: sql) }
        }
        return migrator
    }
}
