extension Migrations {
    /// 006: what a speaker's lists look like when a request does not say.
    static let speakerLists = """
        ALTER TABLE speakers ADD COLUMN total_tracks INTEGER CHECK (total_tracks >= 1);
        ALTER TABLE speakers ADD COLUMN mode TEXT;
        """
}
