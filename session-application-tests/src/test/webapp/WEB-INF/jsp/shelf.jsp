<%@ page contentType="text/html; charset=UTF-8" pageEncoding="UTF-8" %>
<%@ taglib prefix="c" uri="jakarta.tags.core" %>
<jsp:useBean id="shelf" class="com.example.books.Shelf" scope="session"/>
<jsp:setProperty name="shelf" property="sort"/>
<%
	shelf.open();
	Integer pages = (Integer) session.getAttribute("pages");
	session.setAttribute("pages", (pages != null) ? pages + 1 : 1);
%>
<c:if test="${not empty param.mark}"><c:set var="mark" scope="session" value="${param.mark}"/></c:if>
<c:if test="${param.mark eq ''}"><c:remove var="mark" scope="session"/></c:if>
<!DOCTYPE html>
<html lang="en">
<head>
	<title>Shelf</title>
</head>
<body>
	<p id="shelf">${shelf.sort}, opened ${sessionScope.shelf.opened}</p>
	<p id="pages">${sessionScope.pages}</p>
	<p id="mark"><c:out value="${sessionScope.mark}" default="none"/></p>
	<p id="visits">${sessionScope.visits} since ${firstVisit.year}</p>
	<p id="last-viewed">${sessionScope.lastViewed.title}</p>
	<ul id="viewed"><c:forEach items="${viewed}" var="book"><li>${book.title} (${book.genre})</li></c:forEach></ul>
	<p id="cart">${cart.summary()}</p>
	<p id="total">${sessionScope['scopedTarget.cart'].total()}</p>
	<p id="session-id">${pageContext.session.id}</p>
</body>
</html>
