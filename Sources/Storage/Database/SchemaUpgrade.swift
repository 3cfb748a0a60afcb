import Foundation
import GRDB
import Household

/// Migrates a file to the newest schema and keeps a copy of the older one.
struct SchemaUpgrade {
    /// Number of copies of older schemas that are kept.
    private static let copiesKept = 3

    var migrator: DatabaseMigrator
    /// Path of the file; nil in memory, where no copy is made.
    var path: String?

    /// Runs the migrations that were not run on this file.
    ///
    /// - Returns: Number of the newest migration.
    /// - Throws: ``HouseholdError`` `conflict` for a newer schema, `invalid` for a database of another program,
    ///   `unavailable` when a migration fails.
    func run(on connections: any DatabaseWriter) throws -> Int {
        let applied = try connections.read(applied)
        if let next = migrator.migrations.first(where: { !applied.contains($0) }) {
            if let path, !applied.isEmpty { try copy(connections, of: path, before: next) }
            try migrate(connections)
        }
        return version(migrator.migrations)
    }

    /// The schema version of a file that is opened for reading only.
    ///
    /// - Throws: ``HouseholdError`` `conflict` when the schema is older or newer, `invalid` for a database of another
    ///   program.
    func currentVersion(of connections: any DatabaseReader) throws -> Int {
        let applied = try connections.read(applied)
        guard applied.count == migrator.migrations.count else {
            throw HouseholdError(
                .conflict,
                "\(name) has schema \(version(applied)) and this haunt needs \(version(migrator.migrations)); "
                    + "a command that writes brings it up to date")
        }
        return version(applied)
    }

    /// Checks that a file is a Haunt database of this schema or an older one.
    ///
    /// - Throws: ``HouseholdError`` `conflict` for a newer schema, `invalid` for a database of another program.
    func check(_ connections: any DatabaseReader) throws {
        guard try !connections.read(applied).isEmpty else {
            throw HouseholdError(.invalid, "\(name) is an empty database", field: "store.path")
        }
    }

    private func applied(_ database: Database) throws -> Set<String> {
        let applied = try migrator.appliedIdentifiers(database)
        let unknown = applied.subtracting(migrator.migrations)
        guard unknown.isEmpty else {
            throw HouseholdError(
                .conflict,
                "\(name) was written by a newer haunt: it has schema \(version(unknown)), and this one knows "
                    + "schemas up to \(version(migrator.migrations)). Install that version again")
        }
        guard try !applied.isEmpty || isEmpty(database) else {
            throw HouseholdError(.invalid, "\(name) is a database of some other program", field: "store.path")
        }
        return applied
    }

    /// Whether the database has no table, or only the one that GRDB creates before the first migration, as after a kill
    /// in that migration.
    private func isEmpty(_ database: Database) throws -> Bool {
        let sql = "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name <> 'grdb_migrations'"
        return try Int.fetchOne(database, sql: sql) == 0
    }

    private func migrate(_ connections: any DatabaseWriter) throws {
        do {
            try migrator.migrate(connections)
        } catch let error as DatabaseError {
            throw HouseholdError(
                .unavailable,
                "\(name) could not be brought to schema \(version(migrator.migrations)), and nothing in it was lost: "
                    + HouseholdError(error, path: name).message)
        }
    }

    private func copy(_ connections: any DatabaseReader, of path: String, before next: String) throws {
        try DatabaseCopy.write(connections, to: "\(path).before-\(next)", isReplacing: true)
        let url = URL(filePath: path)
        let directory = url.deletingLastPathComponent()
        let copies = try FileManager.default.contentsOfDirectory(atPath: directory.path(percentEncoded: false))
            .filter { $0.hasPrefix(url.lastPathComponent + ".before-") }
            .sorted()
        for name in copies.dropLast(Self.copiesKept) {
            try FileManager.default.removeItem(at: directory.appending(path: name))
        }
    }

    private var name: String { path ?? "The store" }

    private func version(_ identifiers: some Collection<String>) -> Int {
        identifiers.compactMap { Int($0) }.max() ?? 0
    }
}
