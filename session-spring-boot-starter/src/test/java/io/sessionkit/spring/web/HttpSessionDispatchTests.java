package io.sessionkit.spring.web;

import java.nio.file.Path;
import java.util.EnumSet;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee11.servlet.FilterHolder;
import org.eclipse.jetty.ee11.servlet.ServletContextHandler;
import org.eclipse.jetty.ee11.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Nested;

/**
 * {@code HttpSession} in every dispatch of Tomcat and of Jetty, on a store and in the
 * cookie.
 */
class HttpSessionDispatchTests {

	private static final EnumSet<DispatcherType> ALL_BUT_INCLUDE = EnumSet
		.complementOf(EnumSet.of(DispatcherType.INCLUDE));

	abstract static class OnTomcat extends HttpSessionDispatchContract {

		private final Tomcat tomcat = new Tomcat();

		@Override
		int start(SessionFilter filter, HttpServlet servlet, Path directory) throws Exception {
			this.tomcat.setBaseDir(directory.toString());
			this.tomcat.setPort(0);
			Context context = this.tomcat.addContext("", directory.toString());
			Tomcat.addServlet(context, "dispatching", servlet).setAsyncSupported(true);
			context.addServletMapping("/*", "dispatching");
			FilterDef definition = new FilterDef();
			definition.setFilterName("session");
			definition.setFilter(filter);
			definition.setAsyncSupported("true");
			context.addFilterDef(definition);
			FilterMap mapping = new FilterMap();
			mapping.setFilterName("session");
			mapping.addURLPattern("/*");
			ALL_BUT_INCLUDE.forEach((type) -> mapping.setDispatcher(type.name()));
			context.addFilterMap(mapping);
			ErrorPage error = new ErrorPage();
			error.setLocation(ERROR_PAGE);
			context.addErrorPage(error);
			this.tomcat.start();
			return this.tomcat.getConnector().getLocalPort();
		}

		@Override
		void stop() throws Exception {
			this.tomcat.stop();
			this.tomcat.destroy();
		}

	}

	abstract static class OnJetty extends HttpSessionDispatchContract {

		private final Server server = new Server();

		@Override
		int start(SessionFilter filter, HttpServlet servlet, Path directory) throws Exception {
			ServerConnector connector = new ServerConnector(this.server);
			this.server.addConnector(connector);
			ServletContextHandler context = new ServletContextHandler("/");
			FilterHolder holder = new FilterHolder(filter);
			holder.setAsyncSupported(true);
			context.addFilter(holder, "/*", ALL_BUT_INCLUDE);
			ServletHolder servletHolder = new ServletHolder(servlet);
			servletHolder.setAsyncSupported(true);
			context.addServlet(servletHolder, "/*");
			ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
			errors.addErrorPage(ErrorPageErrorHandler.GLOBAL_ERROR_PAGE, ERROR_PAGE);
			context.setErrorHandler(errors);
			this.server.setHandler(context);
			this.server.start();
			return connector.getLocalPort();
		}

		@Override
		void stop() throws Exception {
			this.server.stop();
		}

	}

	@Nested
	class StoredOnTomcat extends OnTomcat {

		@Override
		boolean isInCookie() {
			return false;
		}

	}

	@Nested
	class InTheCookieOnTomcat extends OnTomcat {

		@Override
		boolean isInCookie() {
			return true;
		}

	}

	@Nested
	class StoredOnJetty extends OnJetty {

		@Override
		boolean isInCookie() {
			return false;
		}

	}

	@Nested
	class InTheCookieOnJetty extends OnJetty {

		@Override
		boolean isInCookie() {
			return true;
		}

	}

}
