package org.partiflow.interop.imports;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** XML without document types, entities or anything else from outside the file. Stateless. */
final class XmlSource {
    private static final String DEPTH = "http://www.oracle.com/xml/jaxp/properties/maxElementDepth";
    private static final int DEEPEST = 100;

    private XmlSource() {}

    /** The root of a document. */
    static Element root(ImportSource source) {
        try {
            DocumentBuilder builder = builder();
            return builder.parse(new ByteArrayInputStream(source.content())).getDocumentElement();
        } catch (SAXParseException e) {
            throw JsonSources.invalid(source, "line " + e.getLineNumber(), "is not plain XML: " + e.getMessage());
        } catch (SAXException | IOException e) {
            throw JsonSources.invalid(source, "", "is not XML: " + e.getMessage());
        }
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setAttribute(DEPTH, DEEPEST);
            factory.setXIncludeAware(false);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(new Thrower());
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every Java platform has an XML parser with these features", e);
        }
    }

    /** Elements of a name directly below another. */
    static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element && element.getTagName().equals(name)) {
                found.add(element);
            }
        }
        return found;
    }

    /** Where an element stands, as {@code system/cpu/pci}. */
    static String path(Element element) {
        String own = element.getTagName();
        return element.getParentNode() instanceof Element parent ? path(parent) + "/" + own : own;
    }

    /** Reports nothing on the side: every error ends the parse. */
    private static final class Thrower implements ErrorHandler {
        @Override
        public void warning(SAXParseException e) {
            // A warning is no reason to refuse a file.
        }

        @Override
        public void error(SAXParseException e) throws SAXException {
            throw e;
        }

        @Override
        public void fatalError(SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
