import Testing

@testable import Taste

@Suite("The tables that are shipped")
struct ResourceTests {
    private let genres = ResourceFile.rows(of: "genres.tsv")
    private let concepts = ResourceFile.rows(of: "concepts.tsv")

    @Test("Genres have unique names, and every parent is one of them")
    func genresAreWhole() {
        let names = genres.map { Tag.normalized($0[0]) }
        #expect(names.count > 500)
        #expect(Set(names).count == names.count)
        let tree = GenreTree(rows: genres)
        let orphans = tree.parents.filter { !$0.value.allSatisfy { tree.parents[$0] != nil } }
        #expect(orphans.isEmpty)
    }

    @Test("No genre is its own ancestor")
    func genresHaveNoCycles() {
        let tree = GenreTree(rows: genres)
        for genre in tree.parents.keys {
            let parents = tree.parents[genre] ?? []
            let above = Set(parents + parents.flatMap { tree.ancestors(of: $0).flatMap { $0 } })
            #expect(!above.contains(genre), "\(genre)")
        }
    }

    @Test("No synonym is another genre, nor the synonym of two")
    func synonymsAreUnique() {
        var owners: [String: Set<String>] = [:]
        for row in genres where row.count > 2 {
            for synonym in row[2].split(separator: "|") {
                owners[Tag.normalized(String(synonym)), default: []].insert(Tag.normalized(row[0]))
            }
        }
        let names = Set(genres.map { Tag.normalized($0[0]) })
        #expect(owners.filter { $0.value.count > 1 }.keys.sorted() == [])
        #expect(owners.filter { names.contains($0.key) && !$0.value.contains($0.key) }.keys.sorted() == [])
    }

    @Test("Concepts have unique names, words in six languages, weights in range and known features")
    func conceptsAreWhole() {
        #expect(concepts.count >= 60)
        #expect(Set(concepts.map { $0[0] }).count == concepts.count)
        for row in concepts { #expect(row.count == 9, "\(row[0])") }
        for concept in VibeLexicon(rows: concepts).concepts {
            #expect(concept.tags.values.allSatisfy { (0...1).contains($0) }, "\(concept.name)")
            #expect(concept.features.values.allSatisfy { (-1...1).contains($0) }, "\(concept.name)")
            #expect(Set(concept.features.keys).isSubset(of: AudioFeatures.names), "\(concept.name)")
        }
    }

    @Test("Comments and empty lines are no rows, and a missing file has none")
    func readsTables() {
        #expect(ResourceFile.rows(in: "# no\n\n \na\tb \n") == [["a", "b"]])
        #expect(ResourceFile.rows(of: "nothing.tsv").isEmpty)
    }

    @Test("The genre inside a tag is its longest known part, the later one first")
    func findsGenreInside() {
        let tree = GenreTree(rows: [
            ["techno", "electronic", ""], ["electronic", "", "electro music"], ["minimal techno", "techno", ""],
        ])
        #expect(tree.genre(in: "deep german techno") == "techno")
        #expect(tree.genre(in: "berlin minimal techno") == "minimal techno")
        #expect(tree.genre(in: "electro music") == "electronic")
        #expect(tree.genre(in: "xyz") == nil)
        #expect(tree.ancestors(of: "minimal techno") == [["techno"], ["electronic"]])
    }
}
