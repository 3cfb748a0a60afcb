public import Foundation

extension Listeners {
    /// Finds whose an artist is: of who plays it for the largest share of what they play.
    ///
    /// - Parameters:
    ///   - artist: Row of the artist; nil when the catalog does not have it.
    ///   - names: The people.
    ///   - time: When, because plays fade.
    ///   - learnt: Plays of the artist by person that do not count, as they are what is asked about.
    /// - Returns: The name; nil when nobody plays it.
    public func owner(
        of artist: Int32?, among names: [String], at time: Date, besides learnt: [String: Int] = [:]
    ) -> String? {
        guard let artist else { return nil }
        let shares = names.map { name -> (name: String, share: Double) in
            let counts = history(of: name).counts(of: TrackID(0), by: artist, at: time)
            // A play of an hour ago has faded a little, so that a whole one takes away more than it gave.
            let plays = counts.artist - Double(learnt[name] ?? 0)
            return (name, plays > Self.noticed ? plays / (counts.all + ListenerWeights.smoothing) : 0)
        }
        let most = shares.filter { $0.share > 0 }.max { ($0.share, $1.name) < ($1.share, $0.name) }
        return most?.name
    }
}
