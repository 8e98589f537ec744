# Files of lib/proto.
libhbpure_la_SOURCES += \
	lib/proto/auth.c lib/proto/auth.h \
	lib/proto/compress.c lib/proto/compress.h \
	lib/proto/envelope.c lib/proto/envelope.h \
	lib/proto/frames.c lib/proto/frames.h \
	lib/proto/msg.c lib/proto/msg.h \
	lib/proto/neighbour.c lib/proto/neighbour.h \
	lib/proto/request.c lib/proto/request.h \
	lib/proto/seal.c lib/proto/seal.h \
	lib/proto/wire.c lib/proto/wire.h
