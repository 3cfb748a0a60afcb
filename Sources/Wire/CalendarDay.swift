/// A day of the Gregorian calendar, extended to all years.
///
/// The sums are those of Howard Hinnant, "chrono-compatible low-level date algorithms": years begin in March, so that
/// the day a leap year adds is the last one; 400 years are an era of 146,097 days.
struct CalendarDay: Equatable {
    let year: Int
    let month: Int
    let day: Int

    private static let daysPerEra = 146_097
    /// Days from 1 March 0000 to 1 January 1970.
    private static let daysTo1970 = 719_468

    init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The day so many days after 1 January 1970.
    init(daysSince1970: Int) {
        let (era, dayOfEra) = (daysSince1970 + Self.daysTo1970).flooredDivision(by: Self.daysPerEra)
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    }

    /// How many days after 1 January 1970 this is.
    var daysSince1970: Int {
        let (era, yearOfEra) = (month <= 2 ? year - 1 : year).flooredDivision(by: 400)
        let monthFromMarch = month > 2 ? month - 3 : month + 9
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * Self.daysPerEra + dayOfEra - Self.daysTo1970
    }

    /// Whether the calendar has this day.
    var isReal: Bool {
        (1...12).contains(month) && day >= 1 && CalendarDay(daysSince1970: daysSince1970) == self
    }
}

extension Int {
    /// Divides so that the remainder is never negative.
    func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
    }
}
