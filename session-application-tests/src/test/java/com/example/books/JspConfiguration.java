package com.example.books;

import java.io.File;

import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.servlet.ConfigurableServletWebServerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.ViewControllerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.view.InternalResourceViewResolver;

/** The pages that are older than the others. */
@Configuration(proxyBeanMethods = false)
class JspConfiguration implements WebMvcConfigurer {

	@Override
	public void addViewControllers(ViewControllerRegistry registry) {
		registry.addViewController("/shelf").setViewName("jsp/shelf");
	}

	/** Before the one of Thymeleaf, which takes every name. */
	@Bean
	InternalResourceViewResolver jspViewResolver() {
		InternalResourceViewResolver resolver = new InternalResourceViewResolver("/WEB-INF/", ".jsp");
		resolver.setViewNames("jsp/*");
		resolver.setExposedContextBeanNames("cart");
		resolver.setOrder(0);
		return resolver;
	}

	/** Where they would be in a WAR. */
	@Bean
	static WebServerFactoryCustomizer<ConfigurableServletWebServerFactory> documentRoot() {
		return (factory) -> factory.setDocumentRoot(new File("src/test/webapp"));
	}

}
