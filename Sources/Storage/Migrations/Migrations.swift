import GRDB

/// The migrations of the schema, in order.
///
/// Released migrations were run on users' files, so they never change and new ones are appended. Each is plain SQL that
/// uses no constant and no type of the code, so that later changes of the code do not change it. Each runs in a
/// transaction of its own. Each after 008 marks the tastes stale, so that no taste stays as an earlier version built it.
enum Migrations {
    /// Number and SQL of each migration.
    private static let all = [
        ("001", singleTaste),
        ("002", playlists),
        ("003", namedProfiles),
        ("004", speakersAndRejected),
        ("005", correctionsAndFeedback),
        ("006", speakerLists),
        ("007", firstPlays),
        ("008", rebuiltTastes),
        ("009", decisions),
        ("010", sharedSpeakers),
        ("011", playlistNotes),
        ("012", libraries),
        ("013", listsForSeveral),
        ("014", visitors),
        ("015", sharingsAndGuests),
        ("016", soundOfLists),
        // What repeats at once counts less: all tastes are rebuilt, and nothing else changes.
        ("018", rebuiltTastes),
    ]

    /// Runs the migrations that a file lacks.
    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        for (number, sql) in all {
            migrator.registerMigration(number) { database in
                try database.execute(sql: sql)
                if number > "008" { try database.execute(sql: rebuiltTastes) }
            }
        }
        return migrator
    }
}
