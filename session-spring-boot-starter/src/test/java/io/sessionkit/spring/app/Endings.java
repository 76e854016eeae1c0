package io.sessionkit.spring.app;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * A servlet, so no Spring at all, that ends each response in another way.
 */
public final class Endings extends HttpServlet {

	/** More than any buffer. */
	static final String LARGE = "0123456789".repeat(10_000);

	private final String path;

	private final Map<String, Exit.Ending> endings = new LinkedHashMap<>();

	private final List<Exit> exits = new ArrayList<>();

	Endings(String path) {
		this.path = path;
	}

	public List<Exit> exits() {
		return this.exits;
	}

	String mapping() {
		return this.path + "/*";
	}

	Exit exit(String name, int status, String body) {
		return Exit.of(this.path + "/" + name, status, body);
	}

	void add(String name, int status, String body, Exit.Ending ending) {
		add(exit(name, status, body), ending);
	}

	void add(Exit exit, Exit.Ending ending) {
		this.exits.add(exit);
		this.endings.put(exit.path(), ending);
	}

	@Override
	protected void service(HttpServletRequest request, HttpServletResponse response)
			throws ServletException, IOException {
		try {
			Object included = request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO);
			String name = (included != null) ? included.toString() : request.getPathInfo();
			this.endings.get(this.path + name).end(request, response);
		}
		catch (IOException | ServletException | RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new ServletException(ex);
		}
	}

}
