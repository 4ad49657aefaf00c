using System.Reflection;
using System.Reflection.Emit;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using MailDns.TestSupport;
using Xunit;

namespace MailDns.Core.Tests;

/// <summary>
/// The folders of the core form floors, and each knows only lower ones: read from the compiled assembly and its symbols, and held against
/// the table in docs/architecture.md.
/// </summary>
public sealed class FloorsTests
{
    private const BindingFlags Everything =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // Portable PDB specification, TypeDefinitionDocuments: the file of a type that has no code of its own
    private static readonly Guid s_typeDocuments = new("932E74BC-DBA9-4478-8D46-0F32A7BAB3D3");

    private static readonly Assembly s_core = typeof(ResourceRecord).Assembly;
    private static readonly Dictionary<short, OpCode> s_opCodes = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    [Fact]
    public void Every_folder_knows_only_lower_floors()
    {
        Dictionary<string, int> floors = ReadFloors();
        Dictionary<Type, string> folders = ReadFolders();
        string[] unknown = folders.Values.Distinct().Where(folder => !floors.ContainsKey(folder)).ToArray();
        Assert.True(unknown.Length == 0, "Not in the table of docs/architecture.md: " + string.Join(", ", unknown));
        string[] gone = floors.Keys.Except(folders.Values).ToArray();
        Assert.True(gone.Length == 0, "Only in the table of docs/architecture.md: " + string.Join(", ", gone));

        string[] upward = Uses(folders)
            .Where(use => folders[use.User] != folders[use.Used] && floors[folders[use.Used]] >= floors[folders[use.User]])
            .Select(use => $"{folders[use.User]}/{use.User.Name} uses {folders[use.Used]}/{use.Used.Name}")
            .Distinct().Order(StringComparer.Ordinal).ToArray();
        Assert.True(upward.Length == 0, string.Join(Environment.NewLine, upward));
    }

    [Fact]
    public void The_reader_sees_uses_of_every_kind()
    {
        Dictionary<Type, string> folders = ReadFolders();
        Assert.True(folders.Count > 300, $"only {folders.Count} types were placed");
        Assert.Equal("Dns", folders[typeof(TxtRecord)]);
        Assert.Equal("Diagnostics", folders[typeof(CheckStatus)]);
        HashSet<(Type, Type)> uses = Uses(folders).ToHashSet();

        // a method's code, a property's type
        Assert.Contains((s_core.GetType("MailDns.Sending.Areas")!, s_core.GetType("MailDns.Spf.SpfChecks")!), uses);
        Assert.Contains((typeof(CheckResult), typeof(ResourceRecord)), uses);
        Assert.Contains((typeof(CheckResult), typeof(CheckStatus)), uses);
    }

    private static Dictionary<string, int> ReadFloors()
    {
        string text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "architecture.md"));
        var floors = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (string[] cells in text.Split('\n').Select(line => line.Split('|', StringSplitOptions.TrimEntries)))
        {
            // a row of the table: an empty cell, the floor's number, its folders, an empty cell
            if (cells.Length == 4 && int.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out int floor))
            {
                foreach (string folder in cells[2].Split(", "))
                    floors.Add(folder, floor);
            }
        }

        return floors;
    }

    private static Dictionary<Type, string> ReadFolders()
    {
        using FileStream file = File.OpenRead(s_core.Location);
        using var image = new PEReader(file);
        DebugDirectoryEntry entry = image.ReadDebugDirectory().Single(found => found.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using MetadataReaderProvider provider = image.ReadEmbeddedPortablePdbDebugDirectoryData(entry);
        MetadataReader symbols = provider.GetMetadataReader();
        MetadataReader metadata = image.GetMetadataReader();
        var folders = new Dictionary<Type, string>();
        foreach (TypeDefinitionHandle handle in metadata.TypeDefinitions.Skip(1)) // the first is the module itself
        {
            Type type = s_core.ManifestModule.ResolveType(MetadataTokensOf(handle));
            if (type.DeclaringType == null && FindFolder(metadata, symbols, handle) is { } folder)
                folders.Add(type, folder);
        }

        return folders;
    }

    private static int MetadataTokensOf(EntityHandle handle) => System.Reflection.Metadata.Ecma335.MetadataTokens.GetToken(handle);

    private static string? FindFolder(MetadataReader metadata, MetadataReader symbols, TypeDefinitionHandle handle)
    {
        foreach (CustomDebugInformationHandle found in symbols.GetCustomDebugInformation(handle))
        {
            CustomDebugInformation information = symbols.GetCustomDebugInformation(found);
            if (symbols.GetGuid(information.Kind) == s_typeDocuments)
            {
                int row = symbols.GetBlobReader(information.Value).ReadCompressedInteger();
                return FolderOf(symbols, System.Reflection.Metadata.Ecma335.MetadataTokens.DocumentHandle(row));
            }
        }

        foreach (MethodDefinitionHandle method in metadata.GetTypeDefinition(handle).GetMethods())
        {
            DocumentHandle document = symbols.GetMethodDebugInformation(method.ToDebugInformationHandle()).Document;
            if (!document.IsNil && FolderOf(symbols, document) is { } folder) return folder;
        }

        return null;
    }

    private static string? FolderOf(MetadataReader symbols, DocumentHandle document)
    {
        string[] path = symbols.GetString(symbols.GetDocument(document).Name).Split('/', '\\');
        int core = Array.LastIndexOf(path, "MailDns.Core");
        return core >= 0 && core + 2 < path.Length && path[core + 1] is not "obj" ? path[core + 1] : null;
    }

    private static IEnumerable<(Type User, Type Used)> Uses(Dictionary<Type, string> folders)
    {
        foreach (Type type in s_core.GetTypes())
        {
            if (!folders.ContainsKey(Outermost(type))) continue;

            foreach (Type used in UsedBy(type).SelectMany(Parts))
            {
                if (used.Assembly == s_core && folders.ContainsKey(Outermost(used)) && Outermost(used) != Outermost(type))
                    yield return (Outermost(type), Outermost(used));
            }
        }
    }

    private static Type Outermost(Type type) => type.DeclaringType == null ? type : Outermost(type.DeclaringType);

    private static IEnumerable<Type> Parts(Type type)
    {
        if (type.HasElementType) return Parts(type.GetElementType()!);
        if (type.IsGenericParameter) return [];

        return type.IsGenericType ? type.GetGenericArguments().SelectMany(Parts).Append(type.GetGenericTypeDefinition()) : [type];
    }

    private static IEnumerable<Type> UsedBy(Type type)
    {
        IEnumerable<Type> used = type.GetInterfaces().Concat(type.BaseType == null ? [] : [type.BaseType])
            .Concat(type.GetFields(Everything).Select(field => field.FieldType))
            .Concat(type.GetProperties(Everything).Select(property => property.PropertyType));
        foreach (MethodBase method in type.GetMethods(Everything).Concat<MethodBase>(type.GetConstructors(Everything)))
        {
            used = used.Concat(method.GetParameters().Select(parameter => parameter.ParameterType)).Concat(InCode(method));
            if (method is MethodInfo { ReturnType: { } returned }) used = used.Append(returned);
        }

        return used;
    }

    private static IEnumerable<Type> InCode(MethodBase method)
    {
        MethodBody? body = method.GetMethodBody();
        if (body?.GetILAsByteArray() is not { } code) yield break;

        foreach (LocalVariableInfo local in body.LocalVariables)
            yield return local.LocalType;

        Type[]? ofType = method.DeclaringType!.IsGenericType ? method.DeclaringType.GetGenericArguments() : null;
        Type[]? ofMethod = method.IsGenericMethod ? method.GetGenericArguments() : null;
        for (int i = 0; i < code.Length;)
        {
            OpCode op = code[i] == 0xFE ? s_opCodes[(short)(0xFE00 | code[i + 1])] : s_opCodes[code[i]];
            i += op.Size;
            if (op.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineType)
            {
                MemberInfo member = s_core.ManifestModule.ResolveMember(BitConverter.ToInt32(code, i), ofType, ofMethod)!;
                yield return member as Type ?? member.DeclaringType!;
                if (member is MethodInfo { IsGenericMethod: true } generic)
                {
                    foreach (Type argument in generic.GetGenericArguments())
                        yield return argument;
                }
            }

            i += op.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, i)),
                _ => 4,
            };
        }
    }
}
