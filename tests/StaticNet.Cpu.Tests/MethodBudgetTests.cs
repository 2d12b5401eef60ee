using System.Collections.Immutable;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using StaticNet.Conformance.Networks;

namespace StaticNet.Cpu.Tests;

/// <summary>
/// Generated methods stay at half of what makes the JIT stop optimising without a word: 60,000 bytes of IL, 20,000 instructions, 2,000
/// basic blocks, 2,000 locals.
/// </summary>
public class MethodBudgetTests
{
    [Fact]
    public void Every_generated_method_is_within_half_of_the_JITs_limits()
    {
        using var file = new PEReader(File.OpenRead(typeof(Mlp128).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var methods = 0;
        var beyond = new List<string>();
        foreach (var method in metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Where(method => method.RelativeVirtualAddress != 0))
        {
            var body = file.GetMethodBody(method.RelativeVirtualAddress);
            var il = new InstructionCounter(body.GetILContent());
            var locals = body.LocalSignature.IsNil
                ? 0
                : metadata.GetStandaloneSignature(body.LocalSignature).DecodeLocalSignature(LocalCounter.Instance, null).Length;
            methods++;
            if (il.Bytes > 30_000 || il.Instructions > 10_000 || il.Blocks > 1_000 || locals > 1_000)
            {
                var type = metadata.GetTypeDefinition(method.GetDeclaringType());
                beyond.Add($"{metadata.GetString(type.Name)}.{metadata.GetString(method.Name)}: {il.Bytes} bytes, {il.Instructions} instructions, {il.Blocks} blocks, {locals} locals");
            }
        }

        Assert.True(methods > 1000, $"{methods} methods");
        Assert.Empty(beyond);
    }

    /// <summary>Counts the locals of a signature; what they are does not matter.</summary>
    private sealed class LocalCounter : ISignatureTypeProvider<int, object?>
    {
        public static readonly LocalCounter Instance = new();

        public int GetArrayType(int elementType, ArrayShape shape) => 0;

        public int GetByReferenceType(int elementType) => 0;

        public int GetFunctionPointerType(MethodSignature<int> signature) => 0;

        public int GetGenericInstantiation(int genericType, ImmutableArray<int> typeArguments) => 0;

        public int GetGenericMethodParameter(object? genericContext, int index) => 0;

        public int GetGenericTypeParameter(object? genericContext, int index) => 0;

        public int GetModifiedType(int modifier, int unmodifiedType, bool isRequired) => 0;

        public int GetPinnedType(int elementType) => 0;

        public int GetPointerType(int elementType) => 0;

        public int GetPrimitiveType(PrimitiveTypeCode typeCode) => 0;

        public int GetSZArrayType(int elementType) => 0;

        public int GetTypeFromDefinition(MetadataReader reader, TypeDefinitionHandle handle, byte rawTypeKind) => 0;

        public int GetTypeFromReference(MetadataReader reader, TypeReferenceHandle handle, byte rawTypeKind) => 0;

        public int GetTypeFromSpecification(MetadataReader reader, object? genericContext, TypeSpecificationHandle handle, byte rawTypeKind) => 0;
    }
}
