extension Migrations {
    /// 007: when each track of a taste was first played, so that a taste can tell what is new to it.
    ///
    /// It is counted from the plays that the taste was counted from: those of its profile (nobody's are those of
    /// `default`) of which 30 s or more were heard, or nobody knows how much.
    static let firstPlays = """
        ALTER TABLE taste_tracks ADD COLUMN first_played_at INTEGER NOT NULL DEFAULT 0;
        UPDATE taste_tracks SET first_played_at = coalesce((
            SELECT min(started_at) FROM listen_events
            WHERE listen_events.track_id = taste_tracks.track_id AND (played_s IS NULL OR played_s >= 30)
                AND listen_events.profile_id IS (
                    SELECT CASE WHEN profiles.name <> 'default' THEN profiles.id END
                    FROM taste_profiles JOIN profiles ON profiles.id = taste_profiles.profile_id
                    WHERE taste_profiles.id = taste_tracks.taste_id)
        ), last_played_at);
        """
}
