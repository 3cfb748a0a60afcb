import Foundation

/// Every number of the listener's posterior, each with where it comes from.
///
/// "Measured" is: chosen on made-up households of two to four of six real people, with and without a guest, each scored
/// on 60 days after 365 known ones; docs/listeners.md says how well it does on households of people that it was not
/// chosen on. "Counted" is: a share in the same households. "Recipe" is: taken over from an earlier measurement on other
/// people.
enum ListenerWeights {
    // What somebody plays.

    /// Half-life of a person's counts, in seconds: 180 days. Recipe; 30 and 365 days were worse.
    static let halfLifeS = 180 * 86_400.0
    /// Plays that nobody made, in the denominator of a share. Recipe.
    static let smoothing = 20.0
    /// Weight of a play of the same track beside one of the same artist. Measured: 5 to 7 make little difference.
    static let track = 7.0
    /// Half-life of what somebody played lately, in seconds: three days, because people play the same for some days.
    /// Measured; 2 to 10 days make little difference.
    static let latelyHalfLifeS = 3 * 86_400.0
    /// Weight of the shares of the last days beside those of 180 days. Measured: worth .003 of accuracy, and .02 more plays
    /// are named; 0.2 to 0.4 make no difference.
    static let lately = 0.3
    /// Chance of one artist among those that a person has not played. Recipe.
    static let newArtist = 1e-4

    // New music.

    /// Age up to which an artist is new to a person, in seconds: 60 days, as in ``DiscoveryShare``.
    static let newArtistS = 60 * 86_400.0
    /// Half-life of the share of new artists, in seconds. Measured.
    static let noveltyHalfLifeS = 64 * 86_400.0
    /// Share of new artists of somebody of whom nothing is known. Measured: the mean of six people.
    static let usualNovelty = 0.15
    /// Plays that ``usualNovelty`` weighs as much as. Measured: 20 to 150 make no difference.
    static let usualNoveltyPlays = 50.0
    /// Least and most of the share. Recipe.
    static let novelty = 0.01...0.6

    // Tags.

    /// Artists of a person that a new artist is compared with. Recipe.
    static let strongestArtists = 200
    /// How fast nearness falls with the angle between tags. Recipe.
    static let nearnessSharpness: Float = 6
    /// Nearness to a person without any artist alike. Recipe.
    static let leastNearness: Float = 0.001

    // The filter.

    /// Chance that the same person goes on, by the seconds from the end of a play to the next. Counted: the share of such
    /// pairs of plays that one person played, in homes of four; at 0 s rounded down, as a queue may be several people's.
    static let stayByGap: [(below: Double, stay: Double)] = [
        (-30, 0.83), (-15, 0.965), (20, 0.985), (120, 0.98), (pauseS, 0.94),
    ]
    /// From here on it is a pause, in seconds, and the chance then. Counted.
    static let pauseS = 420.0
    static let stayAfterPause = 0.78
    /// Below this gap two plays of a speaker overlap, and are hardly of one person: two accounts reported them. Counted.
    static let overlapS = -60.0
    static let stayOverlapping = 0.15
    /// The same where nobody knows how long the first one was, and the chance without an overlap. Counted.
    static let unknownOverlapS = -150.0
    static let stayUnknown = 0.98
    /// Of two people whose plays overlap, how far the next one is taken for the one before the last, and among how many
    /// plays that one is looked for. Measured: a quarter fewer plays of guests go to members.
    static let backAgain = 0.8
    static let backAgainPlays = 7
    /// How far one play is believed: plays of one session depend on one another. Recipe; 0.6 names more, and more of guests.
    static let temper = 0.5
    /// Part of it for a play of the same artist as the one before, which goes on whoever listens. Measured.
    static let sameArtist = 0.35
    /// Exponent of the people's chances when all plays of a session are known. Measured: calibration.
    static let wholeSession = 2.6
    /// How far a skipped play is believed: whoever skips did not choose it. Not measured: no data says who skips.
    static let skipTemper = 0.05
    /// Exponent of a person's number of plays in the prior. Recipe.
    static let activity = 0.5
    /// Exponent of the share of the hour in the prior. Recipe; worth .008 of accuracy on the first play of a session.
    static let hour = 0.5

    // Elsewhere.

    /// How far somebody who is heard on another speaker is excluded. Measured: 0.8 to 0.97 make no difference.
    static let elsewhere = 0.9
    /// How long after the end of a play somebody is still taken to be at that speaker, in seconds. Measured.
    static let elsewhereS = 900.0

    // Somebody else.

    /// Share of sessions that sound like somebody else's in a house of which nothing is known. Measured.
    static let strangerPrior = 0.1
    /// Sessions that the prior weighs as much as. Measured.
    static let strangerPriorSessions = 20.0
    /// Bounds of the prior that a house arrives at. Measured.
    static let strangerPriors = 0.002...0.2
    /// How much less likely a stranger is in the middle of a session than at its beginning. Measured.
    static let strangerArrival = 0.08
    /// Chance that a stranger goes on: visitors stay. Measured; then after a pause, and where plays overlap.
    static let strangerStay = 0.985
    static let strangerStayAfterPause = 0.9
    static let strangerStayOverlapping = 0.8
    /// Log chance of an artist that nobody of the house has played. Measured.
    static let strangerNewArtist = -10.4
    /// The same of an artist that somebody has played `n` times: a + b·ln(1 + n), and more or less by whether the track is
    /// known, too. Measured: how often others play the artists that somebody has played so often.
    static let strangerArtist = -8.3
    static let strangerPopularity = 0.6
    static let strangerKnownTrack = -0.6
    static let strangerNewTrack = 0.5
    /// Weight of what strangers played before, and plays that nobody made in its denominator. Measured.
    static let strangerHistory = 0.4
    static let strangerSmoothing = 300.0
    static let strangerTrack = 5.0
    /// From which posterior on a play counts as a stranger's, and is learnt as such. Measured.
    static let strangerLearning = 0.8
    /// Share of what surely sounds like a stranger that is one; the rest is new music of a member. Of what sounds so less
    /// surely it is less, by a power of that chance. Measured: calibration.
    static let strangerShare = 0.3
    static let strangerPower = 1.7

    /// Chance that what is played is wrong of a person, however surely it sounds, where other evidence is beside it.
    /// Counted: of plays at .99 and more two to five of a thousand.
    static let likenessError = 0.005

    // Evidence besides what is played. Natural logarithms of likelihood ratios. "Assumed" is: no data says it; the
    // tests of evidence say what follows from it.

    /// Of somebody who is away. Assumed: one tracker of 200 is wrong, as a phone that was left behind.
    static let away = log(0.005)
    /// Of somebody at home, beside one of whom nothing is known. Assumed: people are at home for six hours of ten.
    static let home = log(1 / 0.6)
    /// Of somebody in the speaker's room. Assumed: sixty times that of somebody in another room, so that of three at
    /// home the one in the room is sure enough alone.
    static let sameRoom = log(12.0)
    static let otherRoom = log(0.2)
    /// Of somebody else while one of the people is known to be at home. Assumed: so that music that nobody in the house
    /// knows goes to the only one at home, also in a long session, whose sound alone makes a third of it a stranger's.
    static let strangerWhileHome = log(0.05)
    /// Chance that somebody else is listening while everybody is away. Assumed: trackers fail together in one of ten.
    static let strangerWhileAway = 0.9
    /// How sure a voice recogniser is that does not say so, and how sure one can be. Assumed. The ratio is its own odds.
    static let usualVoice = 0.9
    static let surestVoice = 0.99
    /// Half-life of the weight of a voice, in seconds. Assumed: who spoke leaves the room after some tracks.
    static let voiceHalfLifeS = 600.0
    /// Of whose account pressed play. Assumed: one of a hundred presses is for somebody else.
    static let user = log(100.0)
    /// Of somebody named by a listen, a request or feedback at the speaker, and its half-life in seconds. Assumed.
    static let named = log(30.0)
    static let namedHalfLifeS = 1_200.0

    // What is done with the posterior.

    /// From here on a play is given to its listener, and learnt as theirs. The contract; learning from 0.8 on gains little,
    /// and would need to be stored.
    static let assigned = 0.95
    /// From here on somebody is suggested. The contract.
    static let suggested = 0.8
}
