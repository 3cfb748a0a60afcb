import Foundation
import GRDB
import Household

/// Brings a file to the newest schema, a copy first.
struct Upgrade {
    /// Copies kept of older schemas.
    private static let copiesKept = 3

    var migrator: DatabaseMigrator
    /// Path of the file; nil in memory, where nothing is worth a copy.
    var path: String?

    /// Runs the migrations that the file has not seen.
    ///
    /// - Returns: Number of the newest migration.
    func run(on connections: any DatabaseWriter) throws -> Int {
        let applied = try connections.read(applied)
        if let next = migrator.migrations.first(where: { !applied.contains($0) }) {
            if let path, !applied.isEmpty { try copy(connections, of: path, before: next) }
            try migrate(connections)
        }
        return version(migrator.migrations)
    }

    /// Number of the newest migration of a file that needs none.
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

    /// Whether nothing is in it but what the first migration may have left, had it been killed.
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
