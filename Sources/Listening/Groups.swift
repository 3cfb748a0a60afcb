/// Who plays together with whom, as speakers last said.
///
/// A group is a set. Some players have every member name the whole group, some only the leader, some put themselves first,
/// and some say only which queue they play from.
struct Groups: Codable, Equatable, Sendable {
    /// What one speaker says.
    private struct Statement: Codable, Equatable {
        var members: [String]
        var queue: String?
        var changedAt: Double
    }

    private var statements: [String: Statement] = [:]
    /// Who is named by others: name → by whom.
    private var namedBy: [String: Set<String>] = [:]
    private var queues: [String: Set<String>] = [:]
    /// The speaker whose own queue it is, known from when it played alone.
    private var queueOwners: [String: String] = [:]

    private enum CodingKeys: String, CodingKey {
        case statements, queueOwners
    }

    init() {}

    /// Reads what was saved; the rest follows from it.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        statements = try container.decode([String: Statement].self, forKey: .statements)
        queueOwners = try container.decode([String: String].self, forKey: .queueOwners)
        for (name, statement) in statements { index(statement, of: name) }
    }

    /// Whether nobody says anything of a speaker.
    func areSilent(on name: String) -> Bool { statements[name] == nil && namedBy[name] == nil }

    /// Takes note of what a speaker says.
    ///
    /// - Returns: Those whose groups may have changed by it; empty when it said so before.
    mutating func note(_ members: [String], queue: String?, of name: String, isPlaying: Bool, at now: Double) -> Set<
        String
    > {
        let before = statements[name]
        guard before != nil || !members.isEmpty || queue != nil else { return [] }
        if let queue, isPlaying, members.count < 2, queues[queue, default: []].subtracting([name]).isEmpty {
            queueOwners[queue] = name
        }
        guard before?.members != members || before?.queue != queue else { return [] }
        var touched = self.members(with: name)
        for member in before?.members ?? [] { unname(member, by: name) }
        if let old = before?.queue { leave(old, name) }
        let statement = Statement(members: members, queue: queue, changedAt: now)
        statements[name] = statement
        index(statement, of: name)
        touched.formUnion(self.members(with: name))
        return touched
    }

    private mutating func index(_ statement: Statement, of name: String) {
        for member in statement.members where member != name { namedBy[member, default: []].insert(name) }
        if let queue = statement.queue { queues[queue, default: []].insert(name) }
    }

    private mutating func unname(_ member: String, by name: String) {
        namedBy[member]?.remove(name)
        if namedBy[member]?.isEmpty == true { namedBy[member] = nil }
    }

    private mutating func leave(_ queue: String, _ name: String) {
        queues[queue]?.remove(name)
        if queues[queue]?.isEmpty == true { queues[queue] = nil }
    }

    /// Forgets what a speaker said.
    mutating func forget(_ name: String) {
        guard let statement = statements.removeValue(forKey: name) else { return }
        for member in statement.members { unname(member, by: name) }
        guard let queue = statement.queue else { return }
        leave(queue, name)
        if queues[queue] == nil { queueOwners[queue] = nil }
    }

    mutating func shift(by seconds: Double) { for name in statements.keys { statements[name]?.changedAt += seconds } }
}

extension Groups {
    /// The group of a speaker, itself among them.
    func members(with name: String) -> Set<String> {
        guard !areSilent(on: name) else { return [name] }
        var group: Set = [name]
        var unseen = [name]
        while let next = unseen.popLast() {
            for other in neighbours(of: next) where !group.contains(other) && areTogether(next, other) {
                group.insert(other)
                unseen.append(other)
            }
        }
        return group
    }

    private func neighbours(of name: String) -> Set<String> {
        let statement = statements[name]
        var names = namedBy[name] ?? []
        names.formUnion(statement?.members ?? [])
        if let queue = statement?.queue { names.formUnion(queues[queue] ?? []) }
        names.remove(name)
        return names
    }

    /// Whether two play together: by their queues, else by what was said last of the two.
    private func areTogether(_ one: String, _ other: String) -> Bool {
        let (ours, theirs) = (statements[one], statements[other])
        if let queue = ours?.queue, queue == theirs?.queue { return true }
        let said = [(ours, one, other), (theirs, other, one)].compactMap { statement, name, partner in
            statement.flatMap { says($0, of: name, about: partner) }
        }
        return said.max { $0.at < $1.at }?.together ?? false
    }

    private func says(_ statement: Statement, of name: String, about other: String) -> (together: Bool, at: Double)? {
        guard !statement.members.contains(other) else {
            // A group that is a player of its own is not named by its members.
            return (true, statement.members.contains(name) ? statement.changedAt : .infinity)
        }
        return statement.queue != nil && statement.members.isEmpty ? nil : (false, statement.changedAt)
    }
}

/// Who leads.
extension Groups {
    /// Where a speaker stands in its group. The least one leads; between equal ones decides who played first.
    struct Rank: Comparable {
        /// Whether the group plays another one's queue, or nobody knows whose.
        var playsOtherQueue: Bool
        /// Whether it names another one as the leader.
        var followsOther: Bool
        /// Its place in the lists of members.
        var place: Int

        private var order: (Int, Int, Int) { (playsOtherQueue ? 1 : 0, followsOther ? 1 : 0, place) }

        static func < (one: Rank, other: Rank) -> Bool { one.order < other.order }
    }

    /// Where a speaker stands in its group.
    func rank(of name: String) -> Rank {
        let owner = statements[name]?.queue.flatMap { queueOwners[$0] }
        return Rank(
            playsOtherQueue: owner != name, followsOther: leader(accordingTo: name) != name, place: place(of: name))
    }

    /// The first place that a list gives a speaker. A list counts only if whom it names first does not follow another one.
    private func place(of name: String) -> Int {
        let lists = members(with: name).compactMap { statements[$0]?.members }.filter { list in
            list.first.map { leader(accordingTo: $0) == $0 } ?? false
        }
        return lists.compactMap { $0.firstIndex(of: name) }.min() ?? 0
    }

    /// The first in a speaker's own list; itself where it says nothing.
    private func leader(accordingTo name: String) -> String { statements[name]?.members.first ?? name }
}
