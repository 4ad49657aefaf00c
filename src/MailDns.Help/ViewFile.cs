using System.IO;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace MailDns.Help;

/// <summary>Makes the views and the type data of the module out of src/MailDns/Views/views.txt, which says how it is written.</summary>
internal static partial class ViewFile
{
    private const string Namespace = "MailDns.";
    private const string Copied = "Deserialized.";
    private const int Timeout = 10_000;

    public static void Write(string root)
    {
        List<ShownType> types = Read(File.ReadAllLines(Path.Combine(root, "src", "MailDns", "Views", "views.txt")));
        string module = Path.Combine(root, "module");
        IEnumerable<string> enums = Assembly.LoadFrom(Path.Combine(module, "bin", "MailDns.Core.dll")).GetExportedTypes().Where(type => type.IsEnum).Select(type => type.FullName!);
        Save(Path.Combine(module, "MailDns.Format.ps1xml"), new XElement("Configuration", new XElement("ViewDefinitions", types.SelectMany(type => type.Views.Select(view => view.ToXml(type.Name))))));
        Save(Path.Combine(module, "MailDns.Types.ps1xml"), new XElement("Types", types.SelectMany(type => type.ToXml()).Concat(enums.Order(StringComparer.Ordinal).Select(name => TypeData(name, Note("SerializationMethod", "String"))))));
    }

    private static void Save(string path, XElement content)
    {
        string text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<!-- Made by the build of src/MailDns/Views/views.txt. -->\n" + content.ToString().ReplaceLineEndings("\n") + "\n";
        if (!File.Exists(path) || File.ReadAllText(path) != text)
            File.WriteAllText(path, text);
    }

    private static List<ShownType> Read(string[] lines)
    {
        var types = new List<ShownType>();
        for (int i = 0; i < lines.Length; i++)
        {
            string text = lines[i].Trim();
            if (text.Length == 0 || lines[i][0] == '#')
                continue;
            switch (lines[i].Length - lines[i].TrimStart().Length)
            {
                case 0:
                    types.Add(ShownType.Read(Match(TypeLine(), text)));
                    break;
                case 2:
                    types[^1].Views.Add(View.Read(Match(ViewLine(), text)));
                    break;
                case 4:
                    types[^1].Views[^1].Items.Add(Item.Read(Match(ItemLine(), text)));
                    break;
                default:
                    types[^1].Views[^1].Items[^1].Script += "\n" + lines[i][6..];
                    break;
            }
        }

        return types;
    }

    private static Match Match(Regex form, string line) =>
        form.Match(line) is { Success: true } match ? match : throw new FormatException("views.txt: this line cannot be read: " + line);

    private static XElement TypeData(string name, params object?[] members) => TypeData(name, [], members);

    private static XElement TypeData(string name, XElement[] own, params object?[] members)
    {
        XElement? standard = members.Any(member => member is not null) ? new XElement("MemberSet", new XElement("Name", "PSStandardMembers"), new XElement("Members", members)) : null;
        return new("Type", new XElement("Name", name), new XElement("Members", own, standard));
    }

    private static XElement Note(string name, string value) => new("NoteProperty", new XElement("Name", name), new XElement("Value", value));

    [GeneratedRegex(@"^(?<name>\w+)( depth (?<depth>\d+))?( show (?<show>.+))?$", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^(?<kind>table|list) (?<name>\w+)( by (?<by>\w+)( as (?<label>.+?))?)?(?<cut> unwrapped)?$", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex ViewLine();

    [GeneratedRegex(@"^(?<label>.+?)( (?<width>\d+))?(?<right> right)?(?<set> \?\?| \?( (?<if>[^~=:\s].*?))?)?( : (?<property>\w+)| ~(?<wrap>( \w+)?)| =( (?<script>.+))?(?<is>))?$", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex ItemLine();

    [GeneratedRegex(@"(?<![\w\]])::", RegexOptions.None, Timeout)]
    private static partial Regex ViewTextCall();

    private sealed record ShownType(string Name, string? Depth, string[] Shown)
    {
        public List<View> Views { get; } = [];

        public static ShownType Read(Match line) => new(
            Namespace + line.Groups["name"].Value,
            line.Groups["depth"].Success ? line.Groups["depth"].Value : null,
            line.Groups["show"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries));

        public IEnumerable<XElement> ToXml()
        {
            XElement? shown = Shown.Length == 0 ? null : new XElement("PropertySet", new XElement("Name", "DefaultDisplayPropertySet"), new XElement("ReferencedProperties", Shown.Select(name => new XElement("Name", name))));
            XElement[] groups = [.. Views.Where(view => view.Label is not null).DistinctBy(view => view.Label).Select(view => view.Group())];
            if (shown is not null || groups.Length > 0)
                yield return TypeData(Copied + Name, groups, shown);
            if (shown is not null || Depth is not null || groups.Length > 0)
                yield return TypeData(Name, groups, Depth is null ? null : Note("SerializationDepth", Depth), shown);
        }
    }

    private sealed record View(bool IsTable, string Name, string? By, string? Label, bool IsWrapped)
    {
        public List<Item> Items { get; } = [];

        public static View Read(Match line) => new(
            line.Groups["kind"].Value == "table",
            line.Groups["name"].Value,
            line.Groups["by"].Success ? line.Groups["by"].Value : null,
            line.Groups["label"].Success ? line.Groups["label"].Value : null,
            !line.Groups["cut"].Success);

        public XElement ToXml(string type) => new(
            "View",
            new XElement("Name", Name),
            new XElement("ViewSelectedBy", new XElement("TypeName", type), new XElement("TypeName", Copied + type)),
            By is null ? null : new XElement("GroupBy", new XElement("PropertyName", Label ?? By)),
            IsTable ? Table() : List());

        // A label of the view's own would stay over the groups of Format-Table -GroupBy; a property has its name.
        public XElement Group() => new("AliasProperty", new XAttribute("IsHidden", "true"), new XElement("Name", Label), new XElement("ReferencedMemberName", By));

        private XElement Table()
        {
            int at = 0;
            var cells = new XElement("TableColumnItems");
            foreach (Item item in Items)
            {
                cells.Add(new XElement("TableColumnItem", item.Content(at)));
                at += item.Width is null ? 0 : int.Parse(item.Width, CultureInfo.InvariantCulture) + 1;
            }

            return new XElement(
                "TableControl",
                new XElement("TableHeaders", Items.Select(item => new XElement(
                    "TableColumnHeader",
                    new XElement("Label", item.Label),
                    item.Width is null ? null : new XElement("Width", item.Width),
                    item.IsRight ? new XElement("Alignment", "Right") : null))),
                new XElement("TableRowEntries", new XElement("TableRowEntry", IsWrapped ? new XElement("Wrap") : null, cells)));
        }

        // The engine puts " : " between the longest label and the text.
        private XElement List()
        {
            int at = Items.Max(item => item.Label.Length) + 3;
            return new XElement("ListControl", new XElement("ListEntries", new XElement("ListEntry", new XElement("ListItems", Items.Select(item => new XElement(
                "ListItem",
                new XElement("Label", item.Label),
                item.Condition is null ? null : new XElement("ItemSelectionCondition", item.Condition.All(char.IsAsciiLetter) ? new XElement("PropertyName", item.Condition) : Block(item.Condition, at)),
                item.Content(at)))))));
        }
    }

    private sealed record Item(string Label, string? Width, bool IsRight, string? Condition, string? Property)
    {
        public string? Script { get; set; }

        public static Item Read(Match line)
        {
            string label = line.Groups["label"].Value;
            string? property = line.Groups["property"] is { Success: true } other ? other.Value : line.Groups["is"].Success || line.Groups["wrap"].Success ? null : label;
            return new Item(
                label,
                line.Groups["width"].Success ? line.Groups["width"].Value : null,
                line.Groups["right"].Success,
                line.Groups["if"].Success ? line.Groups["if"].Value : line.Groups["set"].Value.Trim() switch { "?" => property ?? label, "??" => "$null -ne $_." + (property ?? label), _ => null },
                property)
            {
                Script = line.Groups["wrap"] is { Success: true } wrap ? "::Wrap($_." + (wrap.Length == 0 ? label : wrap.Value.Trim()) + ", $at, $Host)" : line.Groups["script"].Value,
            };
        }

        public XElement Content(int at) => Property is not null ? new XElement("PropertyName", Property) : Block(Script!.TrimStart('\n'), at);
    }

    private static XElement Block(string script, int at) =>
        new("ScriptBlock", ViewTextCall().Replace(script, "[MailDns.ViewText]::").Replace("$at", at.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
}
