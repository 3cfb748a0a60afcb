import Foundation

extension Float {
    /// Natural logarithm of 1 + x.
    static func log1p(_ x: Float) -> Float { Float(Foundation.log1p(Double(x))) }
}
