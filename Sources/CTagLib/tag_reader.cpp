#include "tag_reader.h"

#include <taglib/fileref.h>
#include <taglib/mp4file.h>
#include <taglib/tpropertymap.h>

static void tell(const TagLib::PropertyMap &properties, tag_reader_value value, void *context) {
    for (const auto &property : properties)
        for (const auto &text : property.second) value(context, property.first.toCString(true), text.toCString(true));
}

/* Whether the words are explicit is an item of its own in MP4, which TagLib does not translate. */
static void tellRating(TagLib::MP4::File *file, tag_reader_value value, void *context) {
    if (!file || !file->tag() || !file->tag()->contains("rtng")) return;
    const int rating = file->tag()->item("rtng").toByte();
    value(context, "ITUNESADVISORY", rating == 1 || rating == 4 ? "1" : rating == 2 ? "2" : "0");
}

int tag_reader_read(const char *path, tag_reader_value value, void *context) {
    try {
        TagLib::FileRef file(path, true, TagLib::AudioProperties::Fast);
        if (file.isNull() || !file.file()->isValid()) return -1;
        tell(file.file()->properties(), value, context);
        tellRating(dynamic_cast<TagLib::MP4::File *>(file.file()), value, context);
        return file.audioProperties() ? file.audioProperties()->lengthInMilliseconds() : 0;
    } catch (...) {
        return -1;
    }
}
