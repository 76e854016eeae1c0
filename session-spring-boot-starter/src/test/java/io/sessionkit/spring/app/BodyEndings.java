package io.sessionkit.spring.app;

import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.util.Locale;

import jakarta.servlet.ServletOutputStream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Responses with a body: every method of stream and writer that can be the first to write
 * it.
 */
public final class BodyEndings {

	/** What Tomcat's writers write; its streams always write CR LF. */
	private static final String LINE_END = System.lineSeparator();

	private BodyEndings() {
	}

	public static Endings servlet() {
		Endings servlet = new Endings("/exit/body");
		stream(servlet, "write-int", "A", (stream) -> stream.write('A'));
		stream(servlet, "write-bytes", "bytes", (stream) -> stream.write("bytes".getBytes(US_ASCII)));
		stream(servlet, "write-part", "art", (stream) -> stream.write("part".getBytes(US_ASCII), 1, 3));
		stream(servlet, "write-buffer", "buffer",
				(stream) -> stream.write(ByteBuffer.wrap("buffer".getBytes(US_ASCII))));
		stream(servlet, "print", "text", (stream) -> stream.print("text"));
		stream(servlet, "print-all", "true1c2.0" + "3.0" + "4", (stream) -> {
			stream.print(true);
			stream.print(1);
			stream.print('c');
			stream.print(2.0f);
			stream.print(3.0);
			stream.print(4L);
		});
		stream(servlet, "println", "\r\n", ServletOutputStream::println);
		stream(servlet, "println-text", "line\r\n", (stream) -> stream.println("line"));
		stream(servlet, "flush", "after", (stream) -> {
			stream.flush();
			stream.print("after");
		});
		stream(servlet, "close", "", ServletOutputStream::close);
		stream(servlet, "write-close", "end", (stream) -> {
			stream.print("end");
			stream.close();
		});
		stream(servlet, "large", Endings.LARGE, (stream) -> stream.write(Endings.LARGE.getBytes(US_ASCII)));
		stream(servlet, "large-by-byte", Endings.LARGE, (stream) -> {
			for (byte b : Endings.LARGE.getBytes(US_ASCII)) {
				stream.write(b);
			}
		});
		writers(servlet);
		others(servlet);
		return servlet;
	}

	private static void writers(Endings servlet) {
		writer(servlet, "write-int", "B", (writer) -> writer.write('B'));
		writer(servlet, "write-chars", "chars", (writer) -> writer.write("chars".toCharArray()));
		writer(servlet, "write-part", "art", (writer) -> writer.write("part".toCharArray(), 1, 3));
		writer(servlet, "write-text", "text", (writer) -> writer.write("text"));
		writer(servlet, "write-text-part", "ext", (writer) -> writer.write("text", 1, 3));
		writer(servlet, "print", "text", (writer) -> writer.print("text"));
		writer(servlet, "print-all", "true1c2.03.04xyz", (writer) -> {
			writer.print(true);
			writer.print(1);
			writer.print('c');
			writer.print(2.0f);
			writer.print(3.0);
			writer.print(4L);
			writer.print(new char[] { 'x', 'y' });
			writer.print((Object) "z");
		});
		writer(servlet, "println", LINE_END, PrintWriter::println);
		writer(servlet, "println-text", "line" + LINE_END + "2" + LINE_END, (writer) -> {
			writer.println("line");
			writer.println(2);
		});
		writer(servlet, "printf", "7 of 9", (writer) -> writer.printf(Locale.ROOT, "%d of %s", 7, "9"));
		writer(servlet, "append", "abcd", (writer) -> writer.append('a').append("b").append("bcde", 1, 3));
		writer(servlet, "flush", "after", (writer) -> {
			writer.flush();
			writer.print("after");
		});
		writer(servlet, "check-error", "false", (writer) -> writer.print(writer.checkError()));
		writer(servlet, "close", "", PrintWriter::close);
		writer(servlet, "large", Endings.LARGE, (writer) -> writer.write(Endings.LARGE));
		writer(servlet, "large-by-line", ("line" + LINE_END).repeat(20_000), (writer) -> {
			for (int i = 0; i < 20_000; i++) {
				writer.println("line");
			}
		});
	}

	private static void others(Endings servlet) {
		servlet.add("flush-buffer", 200, "after", (request, response) -> {
			response.flushBuffer();
			response.getWriter().print("after");
		});
		servlet.add("flush-buffer-only", 202, "", (request, response) -> {
			response.setStatus(202);
			response.flushBuffer();
		});
		servlet.add(servlet.exit("full-length", 200, "123").with("Content-Length: 3"), (request, response) -> {
			response.setContentLength(3);
			response.getOutputStream().write("123".getBytes(US_ASCII));
		});
		servlet.add(servlet.exit("utf-8", 200, "à la carte: 12 €").with("Content-Type: text/plain;charset=UTF-8"),
				(request, response) -> {
					response.setContentType("text/plain");
					response.setCharacterEncoding(UTF_8);
					response.getWriter().print("à la carte: 12 €");
				});
		servlet.add(servlet.exit("stream-reset", 200, "new").resetting(), (request, response) -> {
			response.getOutputStream().print("half a page");
			response.reset();
			response.getOutputStream().print("new");
		});
		servlet.add("same-writer", 200, "onetwo", (request, response) -> {
			response.getWriter().print("one");
			response.getWriter().print("two");
		});
		servlet.add("stream-or-writer", 200, "one", (request, response) -> {
			response.getWriter().print("one");
			try {
				response.getOutputStream().print("two");
			}
			catch (IllegalStateException ex) {
				return; // as the Servlet specification has it
			}
			response.getWriter().print("three");
		});
	}

	private static void stream(Endings servlet, String name, String body, Write<ServletOutputStream> write) {
		servlet.add("stream-" + name, 200, body, (request, response) -> {
			write.to(response.getOutputStream());
		});
	}

	private static void writer(Endings servlet, String name, String body, Write<PrintWriter> write) {
		servlet.add("writer-" + name, 200, body, (request, response) -> {
			write.to(response.getWriter());
		});
	}

	@FunctionalInterface
	private interface Write<T> {

		void to(T target) throws Exception;

	}

}
