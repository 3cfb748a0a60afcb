import Listening

extension ListenRules: ConfigurationSection {
    mutating func read(from reader: ConfigurationReader) {
        let seconds = 0...ConfigurationLimits.ruleS
        reader.read("min_track_s", into: &minTrackS, in: seconds)
        reader.read("complete_fraction", into: &completeFraction, in: 0...1)
        reader.read("complete_after_s", into: &completeAfterS, in: seconds)
        reader.read("skip_under_s", into: &skipUnderS, in: seconds)
        reader.read("skip_fraction", into: &skipFraction, in: 0...1)
        reader.read("min_heard_s", into: &minHeardS, in: seconds)
        reader.read("flap_s", into: &flapS, in: seconds)
        reader.read("settle_ms", into: &settleMs, in: 0...ConfigurationLimits.settleMs)
    }
}
