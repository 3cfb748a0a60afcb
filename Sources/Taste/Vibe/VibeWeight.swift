/// The weights of a wish, all in one place.
///
/// The steps are chosen by reason: each is more than all below it together. The weights of likeness were chosen on
/// dialogues of people who put playlists together, those of moods on labelled tracks; `docs/taste.md` says how.
enum VibeWeight {
    // Steps of fit.

    /// For each step of ``KindFit``, and for the artist that is named, who comes before those of a kind.
    static let kind: Float = 10
    static let artist: Float = 4
    static let ownDecadeStep: Float = 5
    /// For the track that is named, which comes before all else.
    static let ownTrackStep: Float = 80

    // Likeness within a step.

    /// Cosine of tags ÷ the best.
    static let tags: Float = 0.25
    /// Cosine of places ÷ the best.
    static let place: Float = 0.8
    /// Of that, what counts for a mood: where its tags lie is where one kind of music lies, and a mood is in many kinds.
    static let placeOfMoods: Float = 0.25
    /// Cosine of features.
    static let kinship: Float = 0.25
    /// Half of the cosine of tags and half of the squared cosine of places to the artists named.
    static let likeNamed: Float = 1.2
    static let named: Float = 3
    /// Of what words count beside names of artists: "like Massive Attack but happier" is trip hop first.
    static let wordsBesideNames: Float = 0.5
    /// Share of an artist's tracks in the decades, and a track of them.
    static let decade: Float = 0.6
    static let ownDecade: Float = 0.3
    /// Of tags that are not wanted.
    static let denied: Float = -0.7

    // Moods.

    /// What a mood and the sound of it count, each, where neither a kind nor a name is asked for.
    static let mood: Float = 1
    static let moodSound: Float = 1
    /// The same beside a kind or a name, and of a situation.
    static let moodBesideKinds: Float = 0.03
    /// Further than this from the mean, a sound does not fit any better.
    static let mostDeviations: Float = 1.5

    // How much of what is well known counts.

    /// Where the artist is not of the kinds named: likeness comes first there.
    static let priorOfOthers: Float = 0.1
    /// Where an artist is named.
    static let priorBesideNames: Float = 0.6
    /// Where a mood is asked for.
    static let priorOfMoods: Float = 0.25

    // What fills up a list.

    /// Share of the best likeness there is that makes what is alike, and what is near.
    static let likeness: Float = 0.5
    static let distantLikeness: Float = 0.3
    /// What the sound adds at least to make a track fit by it.
    static let leastFeatures: Float = 0.05
}
