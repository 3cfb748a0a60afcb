import Foundation

extension Household {
    /// Stores the listens of a batch: all of them in one transaction, or none.
    ///
    /// - Parameter inputs: What a front door hands in, a listen each.
    /// - Returns: What became of each.
    /// - Throws: ``HouseholdError`` that names the first listen that cannot be taken, counted from 0. That one is kept
    ///   under `rejected`.
    @discardableResult
    public func addListens(_ inputs: [OperationInput]) throws -> [ListenReceipt] {
        var listens: [AddListen] = []
        var reports: [NewListen] = []
        var judgements: [AddListen.Judgement] = []
        for (index, input) in inputs.enumerated() {
            do {
                let listen = try AddListen.decode(input)
                let judgement = try listen.judged(in: self)
                if case .report(let report) = judgement { reports.append(report) }
                listens.append(listen)
                judgements.append(judgement)
            } catch let error as HouseholdError where error.blamesInput {
                keepRejected(input, error)
                throw HouseholdError(
                    error.code, "The listen number \(index + 1) cannot be taken, so none was: \(error.message)",
                    field: "[\(index)]" + (error.field.map { ".\($0)" } ?? ""))
            }
        }
        var recordings = reports.isEmpty ? [][...] : try record(reports)[...]
        return zip(listens, judgements).map { listen, judgement in
            switch judgement {
            case .over(let receipt): receipt
            case .report: listen.receipt(for: recordings.removeFirst())
            }
        }
    }
}
