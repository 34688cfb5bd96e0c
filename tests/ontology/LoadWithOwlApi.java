import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import org.coode.owlapi.turtle.TurtleOntologyFormat;
import org.semanticweb.owlapi.apibinding.OWLManager;
import org.semanticweb.owlapi.io.RDFXMLOntologyFormat;
import org.semanticweb.owlapi.io.RDFOntologyFormat;
import org.semanticweb.owlapi.io.StreamDocumentSource;
import org.semanticweb.owlapi.model.*;
import org.semanticweb.owlapi.profiles.OWL2DLProfile;
import org.semanticweb.owlapi.profiles.OWLProfileViolation;
import org.semanticweb.owlapi.util.SimpleIRIMapper;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Loads what Protégé would load, with the library that Protégé uses, and prints one line for each problem; "axioms N" at the end. */
public class LoadWithOwlApi {
    static int problems = 0;
    static File catalog;

    static void problem(String kind, Object what) {
        problems++;
        System.out.println(kind + "\t" + what);
    }

    /** Arguments: the catalog, then the files to load; imports come from the catalog and from nowhere else. */
    public static void main(String[] args) throws Exception {
        catalog = new File(args[0]);
        OWLOntologyManager manager = manager(catalog);
        Set<OWLOntology> loaded = new HashSet<>();
        for (int i = 1; i < args.length; i++) {
            loaded.add(manager.loadOntologyFromOntologyDocument(new File(args[i])));
        }
        Set<OWLEntity> declared = new HashSet<>();
        Set<OWLEntity> used = new HashSet<>();
        int axioms = 0;
        for (OWLOntology each : manager.getOntologies()) {
            axioms += each.getAxiomCount();
            OWLOntologyFormat format = manager.getOntologyFormat(each);
            if (format instanceof RDFOntologyFormat) {
                ((RDFOntologyFormat) format).getOntologyLoaderMetaData().getUnparsedTriples().forEach(triple -> problem("unparsed", triple));
            }
            each.getAxioms(AxiomType.DECLARATION).forEach(axiom -> declared.add(axiom.getEntity()));
            used.addAll(each.getSignature());
            roundTrip(each, new RDFXMLOntologyFormat());
            roundTrip(each, new TurtleOntologyFormat());
        }
        for (OWLEntity entity : used) {
            // Individuals and built-in terms need no declaration.
            if (!entity.isBuiltIn() && !entity.isOWLNamedIndividual() && !declared.contains(entity)) {
                problem("undeclared", entity.getEntityType() + " " + entity.getIRI());
            }
        }
        for (OWLOntology each : loaded) {
            for (OWLProfileViolation violation : new OWL2DLProfile().checkOntology(each).getViolations()) {
                problem("profile", violation);
            }
        }
        System.out.println("ontologies\t" + manager.getOntologies().size());
        System.out.println("axioms\t" + axioms);
        System.exit(problems == 0 ? 0 : 1);
    }

    static OWLOntologyManager manager(File catalog) throws Exception {
        OWLOntologyManager manager = OWLManager.createOWLOntologyManager();
        NodeList entries = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(catalog).getElementsByTagName("uri");
        for (int i = 0; i < entries.getLength(); i++) {
            Element entry = (Element) entries.item(i);
            File file = new File(catalog.getAbsoluteFile().getParentFile(), entry.getAttribute("uri"));
            manager.addIRIMapper(new SimpleIRIMapper(IRI.create(entry.getAttribute("name")), IRI.create(file)));
        }
        return manager;
    }

    /** Whether an axiom says something; the library declares individuals when it saves, which says nothing. */
    static boolean means(OWLAxiom axiom) {
        return !(axiom instanceof OWLDeclarationAxiom && ((OWLDeclarationAxiom) axiom).getEntity().isOWLNamedIndividual());
    }

    /** Saves the ontology, reads it back, and compares the axioms. */
    static void roundTrip(OWLOntology ontology, OWLOntologyFormat format) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ontology.getOWLOntologyManager().saveOntology(ontology, format, out);
        OWLOntology back = manager(catalog).loadOntologyFromOntologyDocument(new StreamDocumentSource(new ByteArrayInputStream(out.toByteArray())));
        Set<String> before = new TreeSet<>();
        Set<String> after = new TreeSet<>();
        ontology.getAxioms().stream().filter(LoadWithOwlApi::means).forEach(axiom -> before.add(axiom.toString()));
        back.getAxioms().stream().filter(LoadWithOwlApi::means).forEach(axiom -> after.add(axiom.toString()));
        Set<String> lost = new TreeSet<>(before);
        lost.removeAll(after);
        after.removeAll(before);
        lost.forEach(axiom -> problem("lost in " + format, axiom));
        after.forEach(axiom -> problem("new in " + format, axiom));
    }
}
