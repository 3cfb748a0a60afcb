public import Foundation
import GRDB
import Household

/// Puts a backup in place of a store.
public enum StoreRestore {
    /// Checks a backup and puts a copy of it in place of the store. The store that was there is kept beside it.
    ///
    /// The caller holds the lock of the store. A crash leaves either the old store or the new one in place.
    ///
    /// - Parameters:
    ///   - backup: Path of the backup.
    ///   - path: Path of the store, which need not exist.
    ///   - time: Now; the name of the old store contains it.
    /// - Returns: Path of the old store; nil when there was none.
    /// - Throws: ``HouseholdError`` `unavailable` when a file cannot be read or written or the backup is damaged, `invalid`
    ///   when it is not a Haunt database, `conflict` when it has a newer schema. Nothing is changed then.
    public static func run(_ backup: String, to path: String, at time: Date) throws -> String? {
        guard URL(filePath: backup).resolvingSymlinksInPath() != URL(filePath: path).resolvingSymlinksInPath() else {
            throw HouseholdError(.conflict, "\(backup) is the store itself; name a backup of it")
        }
        let copy = path + ".restored"
        defer { try? FileManager.default.removeItem(atPath: copy) }
        try HouseholdError.translating(backup) {
            var configuration = Configuration()
            configuration.readonly = true
            let queue = try DatabaseQueue(path: backup, configuration: configuration)
            try check(queue, of: backup)
            try DatabaseCopy.write(queue, to: copy, isReplacing: true)
            try queue.close()
        }
        adopt(copy, besideStoreAt: path)
        let old = try keep(path, at: time)
        try PrivateFile.rename(copy, to: path)
        return old
    }

    /// Gives the copy mode and owner of a store.
    private static func adopt(_ copy: String, besideStoreAt path: String) {
        let descriptor = unsafe open(copy, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        StoreFolder.adopt(descriptor, besideStoreAt: path, groupMode: 0o040)
        close(descriptor)
    }

    private static func check(_ queue: DatabaseQueue, of backup: String) throws {
        try SchemaUpgrade(migrator: Migrations.migrator, path: backup).check(queue)
        let problems = try queue.read { try String.fetchAll($0, sql: "PRAGMA integrity_check(1)") }
        guard problems == ["ok"] else {
            throw HouseholdError(.unavailable, "\(backup) is damaged: \(problems.first ?? "it cannot be read")")
        }
    }

    /// Gives the store a second name, and takes its journal away, so that it is not taken for one of the backup. There is
    /// a store in place at any time.
    private static func keep(_ path: String, at time: Date) throws -> String? {
        let files = FileManager.default
        let old = "\(path).before-restore-\(time.milliseconds / 1_000)"
        if files.fileExists(atPath: path) {
            // A damaged store keeps its journal.
            try? moveJournalIntoFile(path)
            do {
                try files.linkItem(atPath: path, toPath: old)
            } catch {
                throw HouseholdError(.unavailable, "Cannot keep \(path) as \(old): \(error.localizedDescription)")
            }
        }
        for suffix in ["-wal", "-shm"] where files.fileExists(atPath: path + suffix) {
            try PrivateFile.rename(path + suffix, to: old + suffix)
        }
        return files.fileExists(atPath: old) ? old : nil
    }

    private static func moveJournalIntoFile(_ path: String) throws {
        let queue = try DatabaseQueue(path: path)
        _ = try queue.writeWithoutTransaction { try $0.checkpoint(.truncate) }
        try queue.close()
    }
}
